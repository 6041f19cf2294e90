"""A tour of the shop with the generated client.

    mvn -q -pl api-specs/clients/python generate-sources
    . env/local/data/credentials.env
    ADMIN_USERNAME=$ADMIN_USERNAME ADMIN_PASSWORD=$ADMIN_PASSWORD \
      PYTHONPATH=api-specs/clients/python/target/emporion-client python3 api-specs/clients/python/example/tour.py

The shop is http://127.0.0.1:8080, or what the first argument says.
"""

import os
import sys
import time
import uuid

from emporion_client import (
    ApiClient,
    Configuration,
    IdentityApi,
    OrderLineRequestV2,
    OrderRequestV2,
    RefundRequestV2,
    UserRequestV2,
    NotificationsV2Api,
    OrderPaymentRequestV2,
    OrdersV2Api,
    OrderV2,
    PaymentsV2Api,
    ProductsV2Api,
    RefundAmountV2,
    RefundsV2Api,
    UsersV1Api,
    UsersV2Api,
)
from emporion_client.exceptions import ApiException

HOST = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"


def client(token: str | None = None) -> ApiClient:
    return ApiClient(Configuration(host=HOST, access_token=token))


def sign_in(username: str, password: str) -> ApiClient:
    tokens = IdentityApi(client()).issue_token(grant_type="password", username=username, password=password)
    return client(tokens.access_token)


def place(orders: OrdersV2Api, card: str, *lines: OrderLineRequestV2) -> OrderV2:
    """Repeats with the same key until the shop has answered, which happens once then."""
    order = OrderRequestV2(lines=list(lines), payment=OrderPaymentRequestV2(token=card))
    key = str(uuid.uuid4())
    for _ in range(30):
        try:
            return settled(orders, orders.place_order_v2(order, idempotency_key=key))
        except ApiException as problem:
            if problem.status not in (429, 503, 504):
                raise
            time.sleep(1)
    sys.exit("the shop does not answer")


def settled(orders: OrdersV2Api, order: OrderV2) -> OrderV2:
    while order.status == "pending":
        time.sleep(0.5)
        order = orders.get_order_v2(order.order_id)
    return order


def reason(order: OrderV2) -> str | None:
    return order.cancellation.reason if order.cancellation else None


def expect(what: str, actual: object, wanted: object) -> None:
    print(f"{what:32} {actual}")
    if actual != wanted:
        sys.exit(f"{what} should be {wanted}")


def confirmed_by_mail(notifications: NotificationsV2Api) -> bool:
    for _ in range(60):
        if any(mail.kind == "order_confirmed" for mail in notifications.list_notifications_v2().items):
            return True
        time.sleep(0.5)
    return False


def main() -> None:
    products = ProductsV2Api(client())
    rope = products.list_products_v2(search="olive", limit=1).items[0]
    print(f"{'a product':32} {rope.name}, {rope.price.amount / 100:.2f} {rope.price.currency}")

    name = "python-" + uuid.uuid4().hex[:12]
    password = uuid.uuid4().hex
    user = UsersV2Api(client()).register_user_v2(
        UserRequestV2(username=name, email_address=name + "@example.org", password=password)
    )
    me = sign_in(name, password)
    expect("the same in version 1", UsersV1Api(me).get_own_user_v1().id, user.user_id)

    orders = OrdersV2Api(me)
    line = OrderLineRequestV2(product_id=rope.product_id, quantity=2)
    order = place(orders, "tok_visa", line)
    expect("an order", order.status, "confirmed")
    expect("what it costs", order.totals.total.amount, 2 * rope.price.amount)
    steps = [entry.step for entry in orders.get_order_v2(order.order_id).timeline or []]
    expect("its last step", steps[-1], "confirm")

    declined = place(orders, "tok_visa_declined", line)
    expect("a declined card", reason(declined), "payment_declined")
    too_many = place(orders, "tok_visa", OrderLineRequestV2(product_id=rope.product_id, quantity=9999))
    expect("more than there is", reason(too_many), "out_of_stock")
    called_off = settled(orders, orders.cancel_order_v2(place(orders, "tok_visa", line).order_id))
    expect("an order called off", called_off.status, "cancelled")

    try:
        orders.get_order_v2(uuid.uuid4())
    except ApiException as problem:
        expect("an order that is not there", problem.status, 404)

    payment = PaymentsV2Api(me).list_payments_v2(order_id=order.order_id).items[0]
    if "ADMIN_PASSWORD" in os.environ:
        admin = sign_in(os.environ["ADMIN_USERNAME"], os.environ["ADMIN_PASSWORD"])
        refund = RefundsV2Api(admin).refund_payment_v2(
            payment.payment_id,
            RefundRequestV2(amount=RefundAmountV2(amount=100, currency=rope.price.currency)),
            idempotency_key=str(uuid.uuid4()),
        )
        expect("a part paid back", refund.amount.amount, 100)

    expect("the mail about it", confirmed_by_mail(NotificationsV2Api(me)), True)


main()
