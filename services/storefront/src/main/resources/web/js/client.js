/* The part of the generated client that this page uses, minified. Not to be edited: it is made from
   api-specs/openapi/emporion.yaml and api-specs/clients/typescript/page/client.ts by
   mvn -q -pl api-specs/clients/typescript package -Dbundle=--renew */
var we="http://127.0.0.1:8080".replace(/\/+$/,""),P=class{constructor(e={}){this.configuration=e}configuration;set config(e){
this.configuration=e}get basePath(){return this.configuration.basePath!=null?this.configuration.basePath:we}get fetchApi(){
return this.configuration.fetchApi}get middleware(){return this.configuration.middleware||[]}get queryParamsStringify(){
return this.configuration.queryParamsStringify||K}get username(){return this.configuration.username}get password(){return this.
configuration.password}get apiKey(){let e=this.configuration.apiKey;if(e)return typeof e=="function"?e:()=>e}get accessToken(){
let e=this.configuration.accessToken;if(e)return typeof e=="function"?e:async()=>e}get headers(){return this.configuration.
headers}get credentials(){return this.configuration.credentials}},qe=new P,f=class t{constructor(e=qe){this.configuration=
e;this.middleware=e.middleware}configuration;static jsonRegex=/^(:?application\/json|[^;/ \t]+\/[^;/ \t]+[+]json)[ \t]*(:?;.*)?$/i;middleware;withMiddleware(...e){
let n=this.clone();return n.middleware=n.middleware.concat(...e),n}withPreMiddleware(...e){let n=e.map(r=>({pre:r}));return this.
withMiddleware(...n)}withPostMiddleware(...e){let n=e.map(r=>({post:r}));return this.withMiddleware(...n)}isJsonMime(e){
return e?t.jsonRegex.test(e):!1}async request(e,n){let{url:r,init:i}=await this.createFetchParams(e,n),o=await this.fetchApi(
r,i);if(o&&o.status>=200&&o.status<300)return o;throw new N(o,"Response returned an error code")}async createFetchParams(e,n){
let r=this.configuration.basePath+e.path;e.query!==void 0&&Object.keys(e.query).length!==0&&(r+="?"+this.configuration.queryParamsStringify(
e.query));let i=Object.assign({},this.configuration.headers,e.headers);Object.keys(i).forEach(U=>i[U]===void 0?delete i[U]:
{});let o=typeof n=="function"?n:async()=>n,u={method:e.method,headers:i,body:e.body,credentials:this.configuration.credentials},
y={...u,...await o({init:u,context:e})},V;Ne(y.body)||y.body instanceof URLSearchParams||Se(y.body)?V=y.body:this.isJsonMime(
i["Content-Type"])?V=JSON.stringify(y.body):V=y.body;let Pe={...y,body:V};return{url:r,init:Pe}}fetchApi=async(e,n)=>{let r={
url:e,init:n};for(let o of this.middleware)o.pre&&(r=await o.pre({fetch:this.fetchApi,...r})||r);let i;try{i=await(this.
configuration.fetchApi||fetch)(r.url,r.init)}catch(o){for(let u of this.middleware)u.onError&&(i=await u.onError({fetch:this.
fetchApi,url:r.url,init:r.init,error:o,response:i?i.clone():void 0})||i);if(i===void 0)throw o instanceof Error?new x(o,
"The request failed and the interceptors did not return an alternative response"):o}for(let o of this.middleware)o.post&&
(i=await o.post({fetch:this.fetchApi,url:r.url,init:r.init,response:i.clone()})||i);return i};clone(){let e=this.constructor,
n=new e(this.configuration);return n.middleware=this.middleware.slice(),n}};function Se(t){return typeof Blob<"u"&&t instanceof
Blob}function Ne(t){return typeof FormData<"u"&&t instanceof FormData}var N=class extends Error{constructor(n,r){super(r);
this.response=n;let i=new.target.prototype;Object.setPrototypeOf&&Object.setPrototypeOf(this,i)}response;name="ResponseE\
rror"},x=class extends Error{constructor(n,r){super(r);this.cause=n;let i=new.target.prototype;Object.setPrototypeOf&&Object.
setPrototypeOf(this,i)}cause;name="FetchError"},a=class extends Error{constructor(n,r){super(r);this.field=n;let i=new.target.
prototype;Object.setPrototypeOf&&Object.setPrototypeOf(this,i)}field;name="RequiredError"};function K(t,e=""){return Object.keys(t).map(n=>H(n,t[n],e)).filter(n=>n.length>0).join("&")}function H(t,e,n=""){let r=n+
(n.length?`[${t}]`:t);if(e instanceof Array){let i=e.map(o=>encodeURIComponent(String(o))).join(`&${encodeURIComponent(r)}\
=`);return`${encodeURIComponent(r)}=${i}`}if(e instanceof Set){let i=Array.from(e);return H(t,i,n)}return e instanceof Date?
`${encodeURIComponent(r)}=${encodeURIComponent(c(e))}`:e instanceof Object?K(e,r):`${encodeURIComponent(r)}=${encodeURIComponent(
String(e))}`}function c(t){return t.toISOString()}function d(t){return new Date(t)}function J(t){for(let e of t)if(e.contentType?.startsWith("multipart/form-data")==!0)return!0;return!1}var s=class{constructor(e,n=r=>r){
this.raw=e;this.transformer=n}raw;transformer;async value(){return this.transformer(await this.raw.json())}},l=class{constructor(e){
this.raw=e}raw;async value(){}};function A(t){return xe(t,!1)}function xe(t,e){return t==null?t:{issuer:t.issuer,tokenEndpoint:t.token_endpoint,revocationEndpoint:t.
revocation_endpoint==null?void 0:t.revocation_endpoint,jwksUri:t.jwks_uri,grantTypesSupported:t.grant_types_supported,tokenEndpointAuthMethodsSupported:t.
token_endpoint_auth_methods_supported==null?void 0:t.token_endpoint_auth_methods_supported,revocationEndpointAuthMethodsSupported:t.
revocation_endpoint_auth_methods_supported==null?void 0:t.revocation_endpoint_auth_methods_supported,responseTypesSupported:t.
response_types_supported==null?void 0:t.response_types_supported,subjectTypesSupported:t.subject_types_supported==null?void 0:
t.subject_types_supported,idTokenSigningAlgValuesSupported:t.id_token_signing_alg_values_supported==null?void 0:t.id_token_signing_alg_values_supported}}function z(t){return Je(t,!1)}function Je(t,e){return t==null?t:{kty:t.kty,use:t.use==null?void 0:t.use,alg:t.alg==null?
void 0:t.alg,kid:t.kid,n:t.n,e:t.e}}function L(t){return Ae(t,!1)}function Ae(t,e){return t==null?t:{keys:t.keys.map(z)}}function G(t){return Ie(t,!1)}function Ie(t,e){return t==null?t:{accessToken:t.access_token,tokenType:t.token_type,expiresIn:t.
expires_in,refreshToken:t.refresh_token==null?void 0:t.refresh_token,scope:t.scope==null?void 0:t.scope}}var I=class extends f{async getAuthorizationServerMetadataRequestOpts(){return{path:"/.well-known/oauth-authorization-se\
rver",method:"GET",headers:{},query:{}}}async getAuthorizationServerMetadataRaw(e){let n=await this.getAuthorizationServerMetadataRequestOpts(),
r=await this.request(n,e);return new s(r,i=>A(i))}async getAuthorizationServerMetadata(e){return await(await this.getAuthorizationServerMetadataRaw(
e)).value()}async getIssuerKeysRequestOpts(){return{path:"/.well-known/jwks.json",method:"GET",headers:{},query:{}}}async getIssuerKeysRaw(e){
let n=await this.getIssuerKeysRequestOpts(),r=await this.request(n,e);return new s(r,i=>L(i))}async getIssuerKeys(e){return await(await this.
getIssuerKeysRaw(e)).value()}async getIssuerMetadataRequestOpts(){return{path:"/.well-known/openid-configuration",method:"\
GET",headers:{},query:{}}}async getIssuerMetadataRaw(e){let n=await this.getIssuerMetadataRequestOpts(),r=await this.request(
n,e);return new s(r,i=>A(i))}async getIssuerMetadata(e){return await(await this.getIssuerMetadataRaw(e)).value()}async issueTokenRequestOpts(e){
let n={},r={},o=J([{contentType:"application/x-www-form-urlencoded"}]),u;return!1?u=new FormData:u=new URLSearchParams,e.
grantType!=null&&u.append("grant_type",e.grantType),e.username!=null&&u.append("username",e.username),e.password!=null&&
u.append("password",e.password),e.refreshToken!=null&&u.append("refresh_token",e.refreshToken),e.scope!=null&&u.append("\
scope",e.scope),e.clientId!=null&&u.append("client_id",e.clientId),e.clientSecret!=null&&u.append("client_secret",e.clientSecret),
{path:"/token",method:"POST",headers:r,query:n,body:u}}async issueTokenRaw(e,n){let r=await this.issueTokenRequestOpts(e),
i=await this.request(r,n);return new s(i,o=>G(o))}async issueToken(e={},n){return await(await this.issueTokenRaw(e,n)).value()}async revokeTokenRequestOpts(e){
if(e.token==null)throw new a("token",'Required parameter "token" was null or undefined when calling revokeToken().');let n={},
r={},o=J([{contentType:"application/x-www-form-urlencoded"}]),u;return!1?u=new FormData:u=new URLSearchParams,e.token!=null&&
u.append("token",e.token),e.tokenTypeHint!=null&&u.append("token_type_hint",e.tokenTypeHint),e.clientId!=null&&u.append(
"client_id",e.clientId),e.clientSecret!=null&&u.append("client_secret",e.clientSecret),{path:"/token/revoke",method:"POS\
T",headers:r,query:n,body:u}}async revokeTokenRaw(e,n){let r=await this.revokeTokenRequestOpts(e),i=await this.request(r,
n);return new l(i)}async revokeToken(e,n){await this.revokeTokenRaw(e,n)}};function W(t){return be(t,!1)}function be(t,e){return t==null?t:{delivery:t.delivery,number:t.number,outcome:t.outcome,failure:t.
failure==null?void 0:t.failure,providerId:t.provider_id==null?void 0:t.provider_id,error:t.error==null?void 0:t.error,endedAt:t.
ended_at==null?void 0:d(t.ended_at),nextAttemptAt:t.next_attempt_at==null?void 0:d(t.next_attempt_at)}}function w(t){return ke(t,!1)}function ke(t,e){return t==null?t:{notificationId:t.notification_id,userId:t.user_id,eventType:t.
event_type,channel:t.channel,status:t.status,orderId:t.order_id==null?void 0:t.order_id,address:t.address==null?void 0:t.
address,subject:t.subject,attempts:t.attempts,redeliveries:t.redeliveries,nextAttemptAt:t.next_attempt_at==null?void 0:d(
t.next_attempt_at),failure:t.failure==null?void 0:t.failure,lastError:t.last_error==null?void 0:t.last_error,providerId:t.
provider_id==null?void 0:t.provider_id,createdAt:t.created_at==null?t.created_at:d(t.created_at),sentAt:t.sent_at==null?
void 0:d(t.sent_at),log:t.log==null?void 0:t.log.map(W)}}function E(t){return _e(t,!1)}function _e(t,e){return t==null?t:{items:t.items.map(w),next:t.next==null?void 0:t.next}}function B(t){return Fe(t,!1)}function Fe(t,e=!1){return t==null?t:{language:t.language}}function $(t){return Ce(t,!1)}function Ce(t,e){return t==null?t:{subject:t.subject,text:t.text==null?void 0:t.text}}function T(t){return De(t,!1)}function De(t,e){return t==null?t:{notificationId:t.notification_id,userId:t.user_id,kind:t.
kind,eventType:t.event_type==null?void 0:t.event_type,channel:t.channel,status:t.status,orderId:t.order_id==null?void 0:
t.order_id,message:$(t.message),createdAt:t.created_at==null?t.created_at:d(t.created_at),sentAt:t.sent_at==null?void 0:
d(t.sent_at)}}function Q(t){return Me(t,!1)}function Me(t,e){return t==null?t:{items:t.items.map(T),next:t.next==null?void 0:t.next}}function b(t){return Ue(t,!1)}function Ue(t,e){return t==null?t:{language:t.language,languages:t.languages}}function Y(t){return Ke(t,!1)}function Ke(t,e){return t==null?t:{redelivered:t.redelivered}}var k=class extends f{async changeNotificationPreferencesV2RequestOpts(e){if(e.newPreferencesV2==null)throw new a("newPr\
eferencesV2",'Required parameter "newPreferencesV2" was null or undefined when calling changeNotificationPreferencesV2()\
.');let n={},r={};return r["Content-Type"]="application/json",this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),{path:"/v2/notification-preferences",method:"PUT",headers:r,query:n,body:B(
e.newPreferencesV2)}}async changeNotificationPreferencesV2Raw(e,n){let r=await this.changeNotificationPreferencesV2RequestOpts(
e),i=await this.request(r,n);return new s(i,o=>b(o))}async changeNotificationPreferencesV2(e,n){return await(await this.
changeNotificationPreferencesV2Raw(e,n)).value()}async getAnyNotificationV2RequestOpts(e){if(e.id==null)throw new a("id",
'Required parameter "id" was null or undefined when calling getAnyNotificationV2().');let n={},r={};this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/admin/not\
ifications/{id}";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"GET",headers:r,query:n}}async getAnyNotificationV2Raw(e,n){
let r=await this.getAnyNotificationV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>w(o))}async getAnyNotificationV2(e,n){
return await(await this.getAnyNotificationV2Raw(e,n)).value()}async getNotificationPreferencesV2RequestOpts(){let e={},n={};
return this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[])),{path:"/v2/notification-preferences",method:"GET",headers:n,query:e}}async getNotificationPreferencesV2Raw(e){let n=await this.
getNotificationPreferencesV2RequestOpts(),r=await this.request(n,e);return new s(r,i=>b(i))}async getNotificationPreferencesV2(e){
return await(await this.getNotificationPreferencesV2Raw(e)).value()}async getNotificationV2RequestOpts(e){if(e.id==null)
throw new a("id",'Required parameter "id" was null or undefined when calling getNotificationV2().');let n={},r={};e.ifNoneMatch!=
null&&(r["If-None-Match"]=String(e.ifNoneMatch)),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.
configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.
configuration.accessToken("oauth2",[]));let i="/v2/notifications/{id}";return i=i.replace("{id}",encodeURIComponent(String(
e.id))),{path:i,method:"GET",headers:r,query:n}}async getNotificationV2Raw(e,n){let r=await this.getNotificationV2RequestOpts(
e),i=await this.request(r,n);return new s(i,o=>T(o))}async getNotificationV2(e,n){return await(await this.getNotificationV2Raw(
e,n)).value()}async listAllNotificationsV2RequestOpts(e){let n={};e.status!=null&&(n.status=e.status),e.channel!=null&&(n.
channel=e.channel),e.eventType!=null&&(n.event_type=e.eventType),e.failure!=null&&(n.failure=e.failure),e.userId!=null&&
(n.user_id=e.userId),e.orderId!=null&&(n.order_id=e.orderId),e.createdFrom!=null&&(n.created_from=c(e.createdFrom)),e.createdTo!=
null&&(n.created_to=c(e.createdTo)),e.limit!=null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.
configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.
configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"\
/v2/admin/notifications",method:"GET",headers:r,query:n}}async listAllNotificationsV2Raw(e,n){let r=await this.listAllNotificationsV2RequestOpts(
e),i=await this.request(r,n);return new s(i,o=>E(o))}async listAllNotificationsV2(e={},n){return await(await this.listAllNotificationsV2Raw(
e,n)).value()}async listNotificationsV2RequestOpts(e){let n={};e.userId!=null&&(n.user_id=e.userId),e.limit!=null&&(n.limit=
e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),{path:"/v2/notifications",method:"GET",headers:r,query:n}}async listNotificationsV2Raw(e,n){
let r=await this.listNotificationsV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>Q(o))}async listNotificationsV2(e={},n){
return await(await this.listNotificationsV2Raw(e,n)).value()}async redeliverFailedNotificationsV2RequestOpts(e){let n={};
e.channel!=null&&(n.channel=e.channel),e.eventType!=null&&(n.event_type=e.eventType),e.failure!=null&&(n.failure=e.failure),
e.createdFrom!=null&&(n.created_from=c(e.createdFrom)),e.createdTo!=null&&(n.created_to=c(e.createdTo));let r={};return e.
idempotencyKey!=null&&(r["Idempotency-Key"]=String(e.idempotencyKey)),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/admin/notifications/redeliveries",method:"\
POST",headers:r,query:n}}async redeliverFailedNotificationsV2Raw(e,n){let r=await this.redeliverFailedNotificationsV2RequestOpts(
e),i=await this.request(r,n);return new s(i,o=>Y(o))}async redeliverFailedNotificationsV2(e={},n){return await(await this.
redeliverFailedNotificationsV2Raw(e,n)).value()}async redeliverNotificationV2RequestOpts(e){if(e.id==null)throw new a("i\
d",'Required parameter "id" was null or undefined when calling redeliverNotificationV2().');let n={},r={};e.idempotencyKey!=
null&&(r["Idempotency-Key"]=String(e.idempotencyKey)),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/notifications/{id}/redeliveries";return i=i.replace("{id}",
encodeURIComponent(String(e.id))),{path:i,method:"POST",headers:r,query:n}}async redeliverNotificationV2Raw(e,n){let r=await this.
redeliverNotificationV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>T(o))}async redeliverNotificationV2(e,n){
return await(await this.redeliverNotificationV2Raw(e,n)).value()}};function p(t){return He(t,!1)}function He(t,e){return t==null?t:{amount:t.amount,currency:t.currency}}function m(t){return ze(
t,!1)}function ze(t,e=!1){return t==null?t:{amount:t.amount,currency:t.currency}}function X(t){return Le(t,!1)}function Le(t,e){return t==null?t:{productId:t.product_id,name:t.name}}function Z(t){return Ge(t,!1)}function Ge(t,e){return t==null?t:{line:t.line,product:X(t.product),quantity:t.quantity,unitPrice:p(
t.unit_price),lineTotal:p(t.line_total)}}function v(t){return We(t,!1)}function We(t,e){return t==null?t:{reason:t.reason,declineReason:t.decline_reason==null?void 0:
t.decline_reason}}function j(t){return Ee(t,!1)}function Ee(t,e){return t==null?t:{at:t.at==null?t.at:d(t.at),step:t.step,outcome:t.outcome,
detail:t.detail==null?void 0:t.detail,by:t.by==null?void 0:t.by}}function ee(t){return Be(t,!1)}function Be(t,e){return t==null?t:{total:p(t.total),charged:p(t.charged),refunded:p(t.refunded),
kept:p(t.kept)}}function R(t){return $e(t,!1)}function $e(t,e){return t==null?t:{orderId:t.order_id,customerId:t.customer_id,status:t.status,
cancellation:t.cancellation==null?void 0:v(t.cancellation),lines:t.lines.map(Z),totals:ee(t.totals),placedAt:t.placed_at==
null?t.placed_at:d(t.placed_at),timeline:t.timeline==null?void 0:t.timeline.map(j)}}function _(t){return Qe(t,!1)}function Qe(t,e){return t==null?t:{items:t.items.map(R),next:t.next==null?void 0:t.next}}function te(t){return Ye(t,!1)}function Ye(t,e=!1){return t==null?t:{product_id:t.productId,quantity:t.quantity,expected_price:m(
t.expectedPrice)}}function ne(t){return Xe(t,!1)}function Xe(t,e=!1){return t==null?t:{token:t.token}}function re(t){return Ze(t,!1)}function Ze(t,e=!1){return t==null?t:{lines:t.lines.map(te),payment:ne(t.payment),expected_total:m(
t.expectedTotal)}}var F=class extends f{async cancelOrderV2RequestOpts(e){if(e.id==null)throw new a("id",'Required parameter "id" was null\
 or undefined when calling cancelOrderV2().');let n={},r={};this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/orders/{id}/cancel";return i=i.replace("{id}",encodeURIComponent(
String(e.id))),{path:i,method:"POST",headers:r,query:n}}async cancelOrderV2Raw(e,n){let r=await this.cancelOrderV2RequestOpts(
e),i=await this.request(r,n);return new s(i,o=>R(o))}async cancelOrderV2(e,n){return await(await this.cancelOrderV2Raw(e,
n)).value()}async getOrderV2RequestOpts(e){if(e.id==null)throw new a("id",'Required parameter "id" was null or undefined\
 when calling getOrderV2().');let n={},r={};e.ifNoneMatch!=null&&(r["If-None-Match"]=String(e.ifNoneMatch)),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/orders/{i\
d}";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"GET",headers:r,query:n}}async getOrderV2Raw(e,n){
let r=await this.getOrderV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>R(o))}async getOrderV2(e,n){return await(await this.
getOrderV2Raw(e,n)).value()}async listOrdersV2RequestOpts(e){let n={};e.customerId!=null&&(n.customer_id=e.customerId),e.
status!=null&&(n.status=e.status),e.placedFrom!=null&&(n.placed_from=c(e.placedFrom)),e.placedTo!=null&&(n.placed_to=c(e.
placedTo)),e.limit!=null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.configuration&&this.
configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.
configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/admin/orders",
method:"GET",headers:r,query:n}}async listOrdersV2Raw(e,n){let r=await this.listOrdersV2RequestOpts(e),i=await this.request(
r,n);return new s(i,o=>_(o))}async listOrdersV2(e={},n){return await(await this.listOrdersV2Raw(e,n)).value()}async listOwnOrdersV2RequestOpts(e){
let n={};e.status!=null&&(n.status=e.status),e.placedFrom!=null&&(n.placed_from=c(e.placedFrom)),e.placedTo!=null&&(n.placed_to=
c(e.placedTo)),e.limit!=null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor),e.idempotencyKey!=null&&(n.idempotency_key=
e.idempotencyKey);let r={};return this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.
accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.
accessToken("oauth2",[])),{path:"/v2/orders",method:"GET",headers:r,query:n}}async listOwnOrdersV2Raw(e,n){let r=await this.
listOwnOrdersV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>_(o))}async listOwnOrdersV2(e={},n){return await(await this.
listOwnOrdersV2Raw(e,n)).value()}async placeOrderV2RequestOpts(e){if(e.orderRequestV2==null)throw new a("orderRequestV2",
'Required parameter "orderRequestV2" was null or undefined when calling placeOrderV2().');let n={},r={};return r["Conten\
t-Type"]="application/json",e.idempotencyKey!=null&&(r["Idempotency-Key"]=String(e.idempotencyKey)),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",["shopper"])),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/orders",method:"\
POST",headers:r,query:n,body:re(e.orderRequestV2)}}async placeOrderV2Raw(e,n){let r=await this.placeOrderV2RequestOpts(e),
i=await this.request(r,n);return new s(i,o=>R(o))}async placeOrderV2(e,n){return await(await this.placeOrderV2Raw(e,n)).
value()}};function ie(t){return ve(t,!1)}function ve(t,e){return t==null?t:{reason:t.reason}}function oe(t){return je(t,!1)}function je(t,e){return t==null?t:{charged:p(t.charged),refunded:p(t.refunded),refundable:p(
t.refundable)}}function se(t){return et(t,!1)}function et(t,e){return t==null?t:{brand:t.brand}}function q(t){return tt(t,!1)}function tt(t,e){return t==null?t:{paymentId:t.payment_id,orderId:t.order_id,customerId:t.
customer_id,status:t.status,decline:t.decline==null?void 0:ie(t.decline),amounts:oe(t.amounts),card:t.card==null?void 0:
se(t.card),createdAt:t.created_at==null?t.created_at:d(t.created_at),changedAt:t.changed_at==null?t.changed_at:d(t.changed_at)}}function ae(t){return nt(t,!1)}function nt(t,e){return t==null?t:{items:t.items.map(q),next:t.next==null?void 0:t.next}}var C=class extends f{async getPaymentV2RequestOpts(e){if(e.id==null)throw new a("id",'Required parameter "id" was null \
or undefined when calling getPaymentV2().');let n={},r={};e.ifNoneMatch!=null&&(r["If-None-Match"]=String(e.ifNoneMatch)),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));
let i="/v2/payments/{id}";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"GET",headers:r,query:n}}async getPaymentV2Raw(e,n){
let r=await this.getPaymentV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>q(o))}async getPaymentV2(e,n){return await(await this.
getPaymentV2Raw(e,n)).value()}async listPaymentsV2RequestOpts(e){let n={};e.orderId!=null&&(n.order_id=e.orderId),e.limit!=
null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/payments",method:"GET",headers:r,query:n}}async listPaymentsV2Raw(e,n){
let r=await this.listPaymentsV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>ae(o))}async listPaymentsV2(e={},n){
return await(await this.listPaymentsV2Raw(e,n)).value()}};function ue(t){return rt(t,!1)}function rt(t,e){return t==null?t:{name:t.name,productCount:t.product_count}}function de(t){return it(t,!1)}function it(t,e){return t==null?t:{items:t.items.map(ue)}}function ce(t){return ot(t,!1)}function ot(t,e){return t==null?t:{created:t.created,updated:t.updated,rows:t.rows}}function pe(t){return st(t,!1)}function st(t,e=!1){return t==null?t:{name:t.name,description:t.description,category:t.category,
price:m(t.price)}}function fe(t){return at(t,!1)}function at(t,e){return t==null?t:{available:t.available,state:t.state}}function g(t){return ut(t,!1)}function ut(t,e){return t==null?t:{productId:t.product_id,sku:t.sku,name:t.name,description:t.
description,category:t.category,price:p(t.price),stock:fe(t.stock),status:t.status}}function me(t){return dt(t,!1)}function dt(t,e){return t==null?t:{items:t.items.map(g),next:t.next==null?void 0:t.next}}function le(t){return ct(t,!1)}function ct(t,e=!1){return t==null?t:{sku:t.sku,name:t.name,description:t.description,category:t.
category,price:m(t.price),status:t.status,initial_stock:t.initialStock}}var D=class extends f{async changeProductV2RequestOpts(e){if(e.id==null)throw new a("id",'Required parameter "id" was nu\
ll or undefined when calling changeProductV2().');if(e.ifMatch==null)throw new a("ifMatch",'Required parameter "ifMatch"\
 was null or undefined when calling changeProductV2().');if(e.productChangeV2==null)throw new a("productChangeV2",'Requi\
red parameter "productChangeV2" was null or undefined when calling changeProductV2().');let n={},r={};r["Content-Type"]=
"application/json",e.ifMatch!=null&&(r["If-Match"]=String(e.ifMatch)),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/products/{id}";return i=i.replace("{id}",
encodeURIComponent(String(e.id))),{path:i,method:"PATCH",headers:r,query:n,body:pe(e.productChangeV2)}}async changeProductV2Raw(e,n){
let r=await this.changeProductV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>g(o))}async changeProductV2(e,n){
return await(await this.changeProductV2Raw(e,n)).value()}async createProductV2RequestOpts(e){if(e.productRequestV2==null)
throw new a("productRequestV2",'Required parameter "productRequestV2" was null or undefined when calling createProductV2\
().');let n={},r={};return r["Content-Type"]="application/json",e.idempotencyKey!=null&&(r["Idempotency-Key"]=String(e.idempotencyKey)),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),
{path:"/v2/products",method:"POST",headers:r,query:n,body:le(e.productRequestV2)}}async createProductV2Raw(e,n){let r=await this.
createProductV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>g(o))}async createProductV2(e,n){return await(await this.
createProductV2Raw(e,n)).value()}async getProductV2RequestOpts(e){if(e.id==null)throw new a("id",'Required parameter "id\
" was null or undefined when calling getProductV2().');let n={},r={};e.ifNoneMatch!=null&&(r["If-None-Match"]=String(e.ifNoneMatch)),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));
let i="/v2/products/{id}";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"GET",headers:r,query:n}}async getProductV2Raw(e,n){
let r=await this.getProductV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>g(o))}async getProductV2(e,n){return await(await this.
getProductV2Raw(e,n)).value()}async importProductsV2RequestOpts(e){if(e.body==null)throw new a("body",'Required paramete\
r "body" was null or undefined when calling importProductsV2().');let n={},r={};return r["Content-Type"]="text/csv",e.idempotencyKey!=
null&&(r["Idempotency-Key"]=String(e.idempotencyKey)),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),{path:"/v2/products/imports",method:"POST",headers:r,query:n,body:e.body}}async importProductsV2Raw(e,n){
let r=await this.importProductsV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>ce(o))}async importProductsV2(e,n){
return await(await this.importProductsV2Raw(e,n)).value()}async listCategoriesV2RequestOpts(){return{path:"/v2/categorie\
s",method:"GET",headers:{},query:{}}}async listCategoriesV2Raw(e){let n=await this.listCategoriesV2RequestOpts(),r=await this.
request(n,e);return new s(r,i=>de(i))}async listCategoriesV2(e){return await(await this.listCategoriesV2Raw(e)).value()}async listProductsV2RequestOpts(e){
let n={};e.ids!=null&&(n.ids=e.ids),e.search!=null&&(n.search=e.search),e.category!=null&&(n.category=e.category),e.priceFrom!=
null&&(n.price_from=e.priceFrom),e.priceTo!=null&&(n.price_to=e.priceTo),e.status!=null&&(n.status=e.status),e.sort!=null&&
(n.sort=e.sort),e.limit!=null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/products",
method:"GET",headers:r,query:n}}async listProductsV2Raw(e,n){let r=await this.listProductsV2RequestOpts(e),i=await this.
request(r,n);return new s(i,o=>me(o))}async listProductsV2(e={},n){return await(await this.listProductsV2Raw(e,n)).value()}async publishProductV2RequestOpts(e){
if(e.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling publishProductV2().');let n={},
r={};this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[]));let i="/v2/products/{id}/publish";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"POST",
headers:r,query:n}}async publishProductV2Raw(e,n){let r=await this.publishProductV2RequestOpts(e),i=await this.request(r,
n);return new s(i,o=>g(o))}async publishProductV2(e,n){return await(await this.publishProductV2Raw(e,n)).value()}async retireProductV2RequestOpts(e){
if(e.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling retireProductV2().');let n={},
r={};this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[]));let i="/v2/products/{id}/retire";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"POST",
headers:r,query:n}}async retireProductV2Raw(e,n){let r=await this.retireProductV2RequestOpts(e),i=await this.request(r,n);
return new s(i,o=>g(o))}async retireProductV2(e,n){return await(await this.retireProductV2Raw(e,n)).value()}};function ye(t){return pt(t,!1)}function pt(t,e=!1){return t==null?t:{email_address:t.emailAddress}}function ge(t){return ft(t,!1)}function ft(t,e=!1){return t==null?t:{token:t.token,password:t.password}}function he(t){return mt(t,!1)}function mt(t,e=!1){return t==null?t:{email_address:t.emailAddress,password:t.password,current_password:t.
currentPassword}}function S(t){return lt(t,!1)}function lt(t,e){return t==null?t:{keyId:t.key_id,createdAt:t.created_at==null?t.created_at:
d(t.created_at),signsFrom:t.signs_from==null?t.signs_from:d(t.signs_from),status:t.status}}function Ve(t){return yt(t,!1)}function yt(t,e){return t==null?t:{items:t.items.map(S)}}function Oe(t){return gt(t,!1)}function gt(t,e=!1){return t==null?t:{email_address:t.emailAddress,role:t.role,active:t.active}}function h(t){return ht(t,!1)}function ht(t,e){return t==null?t:{userId:t.user_id,version:t.version,username:t.username,
emailAddress:t.email_address,role:t.role,active:t.active,registeredAt:t.registered_at==null?t.registered_at:d(t.registered_at)}}function Re(t){return Vt(t,!1)}function Vt(t,e){return t==null?t:{items:t.items.map(h),next:t.next==null?void 0:t.next}}function Te(t){return Ot(t,!1)}function Ot(t,e=!1){return t==null?t:{username:t.username,email_address:t.emailAddress,password:t.
password}}var M=class extends f{async changeOwnUserV2RequestOpts(e){if(e.ifMatch==null)throw new a("ifMatch",'Required parameter "\
ifMatch" was null or undefined when calling changeOwnUserV2().');if(e.selfChangeV2==null)throw new a("selfChangeV2",'Req\
uired parameter "selfChangeV2" was null or undefined when calling changeOwnUserV2().');let n={},r={};return r["Content-T\
ype"]="application/json",e.ifMatch!=null&&(r["If-Match"]=String(e.ifMatch)),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"PATCH",headers:r,query:n,
body:he(e.selfChangeV2)}}async changeOwnUserV2Raw(e,n){let r=await this.changeOwnUserV2RequestOpts(e),i=await this.request(
r,n);return new s(i,o=>h(o))}async changeOwnUserV2(e,n){return await(await this.changeOwnUserV2Raw(e,n)).value()}async changeUserV2RequestOpts(e){
if(e.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling changeUserV2().');if(e.ifMatch==
null)throw new a("ifMatch",'Required parameter "ifMatch" was null or undefined when calling changeUserV2().');if(e.userChangeV2==
null)throw new a("userChangeV2",'Required parameter "userChangeV2" was null or undefined when calling changeUserV2().');
let n={},r={};r["Content-Type"]="application/json",e.ifMatch!=null&&(r["If-Match"]=String(e.ifMatch)),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",["admin"])),this.configuration&&
this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id\
}";return i=i.replace("{id}",encodeURIComponent(String(e.id))),{path:i,method:"PATCH",headers:r,query:n,body:Oe(e.userChangeV2)}}async changeUserV2Raw(e,n){
let r=await this.changeUserV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>h(o))}async changeUserV2(e,n){return await(await this.
changeUserV2Raw(e,n)).value()}async eraseOwnUserV2RequestOpts(){let e={},n={};return this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"DELETE",headers:n,
query:e}}async eraseOwnUserV2Raw(e){let n=await this.eraseOwnUserV2RequestOpts(),r=await this.request(n,e);return new l(
r)}async eraseOwnUserV2(e){await this.eraseOwnUserV2Raw(e)}async eraseUserV2RequestOpts(e){if(e.id==null)throw new a("id",
'Required parameter "id" was null or undefined when calling eraseUserV2().');let n={},r={};this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",["admin"])),this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id}";return i=i.replace(
"{id}",encodeURIComponent(String(e.id))),{path:i,method:"DELETE",headers:r,query:n}}async eraseUserV2Raw(e,n){let r=await this.
eraseUserV2RequestOpts(e),i=await this.request(r,n);return new l(i)}async eraseUserV2(e,n){await this.eraseUserV2Raw(e,n)}async getOwnUserV2RequestOpts(e){
let n={},r={};return e.ifNoneMatch!=null&&(r["If-None-Match"]=String(e.ifNoneMatch)),this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"GET",headers:r,
query:n}}async getOwnUserV2Raw(e,n){let r=await this.getOwnUserV2RequestOpts(e),i=await this.request(r,n);return new s(i,
o=>h(o))}async getOwnUserV2(e={},n){return await(await this.getOwnUserV2Raw(e,n)).value()}async getUserV2RequestOpts(e){
if(e.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling getUserV2().');let n={},r={};
e.ifNoneMatch!=null&&(r["If-None-Match"]=String(e.ifNoneMatch)),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id}";return i=i.replace("{id}",encodeURIComponent(String(
e.id))),{path:i,method:"GET",headers:r,query:n}}async getUserV2Raw(e,n){let r=await this.getUserV2RequestOpts(e),i=await this.
request(r,n);return new s(i,o=>h(o))}async getUserV2(e,n){return await(await this.getUserV2Raw(e,n)).value()}async listSigningKeysRequestOpts(){
let e={},n={};return this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken(
"oauth2",["admin"])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken(
"oauth2",[])),{path:"/v2/signing-keys",method:"GET",headers:n,query:e}}async listSigningKeysRaw(e){let n=await this.listSigningKeysRequestOpts(),
r=await this.request(n,e);return new s(r,i=>Ve(i))}async listSigningKeys(e){return await(await this.listSigningKeysRaw(e)).
value()}async listUsersV2RequestOpts(e){let n={};e.q!=null&&(n.q=e.q),e.role!=null&&(n.role=e.role),e.active!=null&&(n.active=
e.active),e.limit!=null&&(n.limit=e.limit),e.cursor!=null&&(n.cursor=e.cursor);let r={};return this.configuration&&this.
configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.
configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users",method:"\
GET",headers:r,query:n}}async listUsersV2Raw(e,n){let r=await this.listUsersV2RequestOpts(e),i=await this.request(r,n);return new s(
i,o=>Re(o))}async listUsersV2(e={},n){return await(await this.listUsersV2Raw(e,n)).value()}async redeemPasswordResetRequestOpts(e){
if(e.redemptionV2==null)throw new a("redemptionV2",'Required parameter "redemptionV2" was null or undefined when calling\
 redeemPasswordReset().');let n={},r={};return r["Content-Type"]="application/json",{path:"/v2/password-resets/redemptio\
ns",method:"POST",headers:r,query:n,body:ge(e.redemptionV2)}}async redeemPasswordResetRaw(e,n){let r=await this.redeemPasswordResetRequestOpts(
e),i=await this.request(r,n);return new l(i)}async redeemPasswordReset(e,n){await this.redeemPasswordResetRaw(e,n)}async registerUserV2RequestOpts(e){
if(e.userRequestV2==null)throw new a("userRequestV2",'Required parameter "userRequestV2" was null or undefined when call\
ing registerUserV2().');let n={},r={};return r["Content-Type"]="application/json",e.idempotencyKey!=null&&(r["Idempotenc\
y-Key"]=String(e.idempotencyKey)),{path:"/v2/users",method:"POST",headers:r,query:n,body:Te(e.userRequestV2)}}async registerUserV2Raw(e,n){
let r=await this.registerUserV2RequestOpts(e),i=await this.request(r,n);return new s(i,o=>h(o))}async registerUserV2(e,n){
return await(await this.registerUserV2Raw(e,n)).value()}async requestPasswordResetRequestOpts(e){if(e.passwordResetRequestV2==
null)throw new a("passwordResetRequestV2",'Required parameter "passwordResetRequestV2" was null or undefined when callin\
g requestPasswordReset().');let n={},r={};return r["Content-Type"]="application/json",{path:"/v2/password-resets",method:"\
POST",headers:r,query:n,body:ye(e.passwordResetRequestV2)}}async requestPasswordResetRaw(e,n){let r=await this.requestPasswordResetRequestOpts(
e),i=await this.request(r,n);return new l(i)}async requestPasswordReset(e,n){await this.requestPasswordResetRaw(e,n)}async revokeSigningKeyRequestOpts(e){
if(e.kid==null)throw new a("kid",'Required parameter "kid" was null or undefined when calling revokeSigningKey().');let n={},
r={};this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
["admin"])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("o\
auth2",[]));let i="/v2/signing-keys/{kid}";return i=i.replace("{kid}",encodeURIComponent(String(e.kid))),{path:i,method:"\
DELETE",headers:r,query:n}}async revokeSigningKeyRaw(e,n){let r=await this.revokeSigningKeyRequestOpts(e),i=await this.request(
r,n);return new l(i)}async revokeSigningKey(e,n){await this.revokeSigningKeyRaw(e,n)}async rotateSigningKeysRequestOpts(){
let e={},n={};return this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken(
"oauth2",["admin"])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken(
"oauth2",[])),{path:"/v2/signing-keys",method:"POST",headers:n,query:e}}async rotateSigningKeysRaw(e){let n=await this.rotateSigningKeysRequestOpts(),
r=await this.request(n,e);return new s(r,i=>S(i))}async rotateSigningKeys(e){return await(await this.rotateSigningKeysRaw(
e)).value()}};export{P as Configuration,I as IdentityApi,k as NotificationsV2Api,F as OrdersV2Api,C as PaymentsV2Api,D as ProductsV2Api,
M as UsersV2Api};
