// What the shop's page uses of the client. A class comes whole, so a class that is named here costs what all its calls weigh.
export {
  Configuration,
  IdentityApi,
  NotificationsV2Api,
  OrdersV2Api,
  PaymentsV2Api,
  ProductsV2Api,
  UsersV2Api,
} from '../target/emporion-client/src/index.js';
