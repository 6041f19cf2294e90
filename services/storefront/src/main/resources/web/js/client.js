/* The part of the generated client that this page uses, minified. Not to be edited: it is made from
   api-specs/openapi/emporion.yaml and api-specs/clients/typescript/page/client.ts by
   mvn -q -pl api-specs/clients/typescript package -Dbundle=--renew */
var xe="http://127.0.0.1:8080".replace(/\/+$/,""),P=class{constructor(t={}){this.configuration=t}configuration;set config(t){
this.configuration=t}get basePath(){return this.configuration.basePath!=null?this.configuration.basePath:xe}get fetchApi(){
return this.configuration.fetchApi}get middleware(){return this.configuration.middleware||[]}get queryParamsStringify(){
return this.configuration.queryParamsStringify||H}get username(){return this.configuration.username}get password(){return this.
configuration.password}get apiKey(){let t=this.configuration.apiKey;if(t)return typeof t=="function"?t:()=>t}get accessToken(){
let t=this.configuration.accessToken;if(t)return typeof t=="function"?t:async()=>t}get headers(){return this.configuration.
headers}get credentials(){return this.configuration.credentials}},Je=new P,f=class e{constructor(t=Je){this.configuration=
t;this.middleware=t.middleware}configuration;static jsonRegex=/^(:?application\/json|[^;/ \t]+\/[^;/ \t]+[+]json)[ \t]*(:?;.*)?$/i;middleware;withMiddleware(...t){
let r=this.clone();return r.middleware=r.middleware.concat(...t),r}withPreMiddleware(...t){let r=t.map(n=>({pre:n}));return this.
withMiddleware(...r)}withPostMiddleware(...t){let r=t.map(n=>({post:n}));return this.withMiddleware(...r)}isJsonMime(t){
return t?e.jsonRegex.test(t):!1}async request(t,r){let{url:n,init:i}=await this.createFetchParams(t,r),o=await this.fetchApi(
n,i);if(o&&o.status>=200&&o.status<300)return o;throw new x(o,"Response returned an error code")}async createFetchParams(t,r){
let n=this.configuration.basePath+t.path;t.query!==void 0&&Object.keys(t.query).length!==0&&(n+="?"+this.configuration.queryParamsStringify(
t.query));let i=Object.assign({},this.configuration.headers,t.headers);Object.keys(i).forEach(K=>i[K]===void 0?delete i[K]:
{});let o=typeof r=="function"?r:async()=>r,d={method:t.method,headers:i,body:t.body,credentials:this.configuration.credentials},
y={...d,...await o({init:d,context:t})},V;Ie(y.body)||y.body instanceof URLSearchParams||Ae(y.body)?V=y.body:this.isJsonMime(
i["Content-Type"])?V=JSON.stringify(y.body):V=y.body;let Ne={...y,body:V};return{url:n,init:Ne}}fetchApi=async(t,r)=>{let n={
url:t,init:r};for(let o of this.middleware)o.pre&&(n=await o.pre({fetch:this.fetchApi,...n})||n);let i;try{i=await(this.
configuration.fetchApi||fetch)(n.url,n.init)}catch(o){for(let d of this.middleware)d.onError&&(i=await d.onError({fetch:this.
fetchApi,url:n.url,init:n.init,error:o,response:i?i.clone():void 0})||i);if(i===void 0)throw o instanceof Error?new J(o,
"The request failed and the interceptors did not return an alternative response"):o}for(let o of this.middleware)o.post&&
(i=await o.post({fetch:this.fetchApi,url:n.url,init:n.init,response:i.clone()})||i);return i};clone(){let t=this.constructor,
r=new t(this.configuration);return r.middleware=this.middleware.slice(),r}};function Ae(e){return typeof Blob<"u"&&e instanceof
Blob}function Ie(e){return typeof FormData<"u"&&e instanceof FormData}var x=class extends Error{constructor(r,n){super(n);
this.response=r;let i=new.target.prototype;Object.setPrototypeOf&&Object.setPrototypeOf(this,i)}response;name="ResponseE\
rror"},J=class extends Error{constructor(r,n){super(n);this.cause=r;let i=new.target.prototype;Object.setPrototypeOf&&Object.
setPrototypeOf(this,i)}cause;name="FetchError"},a=class extends Error{constructor(r,n){super(n);this.field=r;let i=new.target.
prototype;Object.setPrototypeOf&&Object.setPrototypeOf(this,i)}field;name="RequiredError"};function H(e,t=""){return Object.keys(e).map(r=>z(r,e[r],t)).filter(r=>r.length>0).join("&")}function z(e,t,r=""){let n=r+
(r.length?`[${e}]`:e);if(t instanceof Array){let i=t.map(o=>encodeURIComponent(String(o))).join(`&${encodeURIComponent(n)}\
=`);return`${encodeURIComponent(n)}=${i}`}if(t instanceof Set){let i=Array.from(t);return z(e,i,r)}return t instanceof Date?
`${encodeURIComponent(n)}=${encodeURIComponent(c(t))}`:t instanceof Object?H(t,n):`${encodeURIComponent(n)}=${encodeURIComponent(
String(t))}`}function c(e){return e.toISOString()}function u(e){return new Date(e)}function A(e){for(let t of e)if(t.contentType?.startsWith("multipart/form-data")==!0)return!0;return!1}var s=class{constructor(t,r=n=>n){
this.raw=t;this.transformer=r}raw;transformer;async value(){return this.transformer(await this.raw.json())}},l=class{constructor(t){
this.raw=t}raw;async value(){}};function I(e){return be(e,!1)}function be(e,t){return e==null?e:{issuer:e.issuer,tokenEndpoint:e.token_endpoint,revocationEndpoint:e.
revocation_endpoint==null?void 0:e.revocation_endpoint,jwksUri:e.jwks_uri,grantTypesSupported:e.grant_types_supported,tokenEndpointAuthMethodsSupported:e.
token_endpoint_auth_methods_supported==null?void 0:e.token_endpoint_auth_methods_supported,revocationEndpointAuthMethodsSupported:e.
revocation_endpoint_auth_methods_supported==null?void 0:e.revocation_endpoint_auth_methods_supported,responseTypesSupported:e.
response_types_supported==null?void 0:e.response_types_supported,subjectTypesSupported:e.subject_types_supported==null?void 0:
e.subject_types_supported,idTokenSigningAlgValuesSupported:e.id_token_signing_alg_values_supported==null?void 0:e.id_token_signing_alg_values_supported}}function G(e){return _e(e,!1)}function _e(e,t){return e==null?e:{kty:e.kty,use:e.use==null?void 0:e.use,alg:e.alg==null?
void 0:e.alg,kid:e.kid,n:e.n,e:e.e}}function L(e){return ke(e,!1)}function ke(e,t){return e==null?e:{keys:e.keys.map(G)}}function W(e){return Fe(e,!1)}function Fe(e,t){return e==null?e:{accessToken:e.access_token,tokenType:e.token_type,expiresIn:e.
expires_in,refreshToken:e.refresh_token==null?void 0:e.refresh_token,scope:e.scope==null?void 0:e.scope}}var b=class extends f{async getAuthorizationServerMetadataRequestOpts(){return{path:"/.well-known/oauth-authorization-se\
rver",method:"GET",headers:{},query:{}}}async getAuthorizationServerMetadataRaw(t){let r=await this.getAuthorizationServerMetadataRequestOpts(),
n=await this.request(r,t);return new s(n,i=>I(i))}async getAuthorizationServerMetadata(t){return await(await this.getAuthorizationServerMetadataRaw(
t)).value()}async getIssuerKeysRequestOpts(){return{path:"/.well-known/jwks.json",method:"GET",headers:{},query:{}}}async getIssuerKeysRaw(t){
let r=await this.getIssuerKeysRequestOpts(),n=await this.request(r,t);return new s(n,i=>L(i))}async getIssuerKeys(t){return await(await this.
getIssuerKeysRaw(t)).value()}async getIssuerMetadataRequestOpts(){return{path:"/.well-known/openid-configuration",method:"\
GET",headers:{},query:{}}}async getIssuerMetadataRaw(t){let r=await this.getIssuerMetadataRequestOpts(),n=await this.request(
r,t);return new s(n,i=>I(i))}async getIssuerMetadata(t){return await(await this.getIssuerMetadataRaw(t)).value()}async issueTokenRequestOpts(t){
let r={},n={},o=A([{contentType:"application/x-www-form-urlencoded"}]),d;return!1?d=new FormData:d=new URLSearchParams,t.
grantType!=null&&d.append("grant_type",t.grantType),t.username!=null&&d.append("username",t.username),t.password!=null&&
d.append("password",t.password),t.refreshToken!=null&&d.append("refresh_token",t.refreshToken),t.scope!=null&&d.append("\
scope",t.scope),t.clientId!=null&&d.append("client_id",t.clientId),t.clientSecret!=null&&d.append("client_secret",t.clientSecret),
{path:"/token",method:"POST",headers:n,query:r,body:d}}async issueTokenRaw(t,r){let n=await this.issueTokenRequestOpts(t),
i=await this.request(n,r);return new s(i,o=>W(o))}async issueToken(t={},r){return await(await this.issueTokenRaw(t,r)).value()}async revokeTokenRequestOpts(t){
if(t.token==null)throw new a("token",'Required parameter "token" was null or undefined when calling revokeToken().');let r={},
n={},o=A([{contentType:"application/x-www-form-urlencoded"}]),d;return!1?d=new FormData:d=new URLSearchParams,t.token!=null&&
d.append("token",t.token),t.tokenTypeHint!=null&&d.append("token_type_hint",t.tokenTypeHint),t.clientId!=null&&d.append(
"client_id",t.clientId),t.clientSecret!=null&&d.append("client_secret",t.clientSecret),{path:"/token/revoke",method:"POS\
T",headers:n,query:r,body:d}}async revokeTokenRaw(t,r){let n=await this.revokeTokenRequestOpts(t),i=await this.request(n,
r);return new l(i)}async revokeToken(t,r){await this.revokeTokenRaw(t,r)}};function E(e){return Ce(e,!1)}function Ce(e,t){return e==null?e:{delivery:e.delivery,number:e.number,outcome:e.outcome,failure:e.
failure==null?void 0:e.failure,providerId:e.provider_id==null?void 0:e.provider_id,error:e.error==null?void 0:e.error,endedAt:e.
ended_at==null?void 0:u(e.ended_at),nextAttemptAt:e.next_attempt_at==null?void 0:u(e.next_attempt_at)}}function w(e){return De(e,!1)}function De(e,t){return e==null?e:{notificationId:e.notification_id,userId:e.user_id,eventType:e.
event_type,channel:e.channel,status:e.status,orderId:e.order_id==null?void 0:e.order_id,address:e.address==null?void 0:e.
address,subject:e.subject,attempts:e.attempts,redeliveries:e.redeliveries,nextAttemptAt:e.next_attempt_at==null?void 0:u(
e.next_attempt_at),failure:e.failure==null?void 0:e.failure,lastError:e.last_error==null?void 0:e.last_error,providerId:e.
provider_id==null?void 0:e.provider_id,createdAt:e.created_at==null?e.created_at:u(e.created_at),sentAt:e.sent_at==null?
void 0:u(e.sent_at),log:e.log==null?void 0:e.log.map(E)}}function B(e){return Me(e,!1)}function Me(e,t){return e==null?e:{items:e.items.map(w),next:e.next==null?void 0:e.next}}function $(e){return Ue(e,!1)}function Ue(e,t){return e==null?e:{subject:e.subject,text:e.text==null?void 0:e.text}}function T(e){return Ke(e,!1)}function Ke(e,t){return e==null?e:{notificationId:e.notification_id,userId:e.user_id,kind:e.
kind,eventType:e.event_type==null?void 0:e.event_type,channel:e.channel,status:e.status,orderId:e.order_id==null?void 0:
e.order_id,message:$(e.message),createdAt:e.created_at==null?e.created_at:u(e.created_at),sentAt:e.sent_at==null?void 0:
u(e.sent_at)}}function Q(e){return He(e,!1)}function He(e,t){return e==null?e:{items:e.items.map(T),next:e.next==null?void 0:e.next}}function Y(e){return ze(e,!1)}function ze(e,t=!1){return e==null?e:{language:e.language}}function _(e){return Ge(e,!1)}function Ge(e,t){return e==null?e:{language:e.language,languages:e.languages}}function X(e){return Le(e,!1)}function Le(e,t){return e==null?e:{redelivered:e.redelivered}}var k=class extends f{async changeNotificationPreferencesV2RequestOpts(t){if(t.preferencesRequestV2==null)throw new a("p\
referencesRequestV2",'Required parameter "preferencesRequestV2" was null or undefined when calling changeNotificationPre\
ferencesV2().');let r={},n={};return n["Content-Type"]="application/json",this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/notification-preferences",method:"PUT",headers:n,
query:r,body:Y(t.preferencesRequestV2)}}async changeNotificationPreferencesV2Raw(t,r){let n=await this.changeNotificationPreferencesV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>_(o))}async changeNotificationPreferencesV2(t,r){return await(await this.
changeNotificationPreferencesV2Raw(t,r)).value()}async getAnyNotificationV2RequestOpts(t){if(t.id==null)throw new a("id",
'Required parameter "id" was null or undefined when calling getAnyNotificationV2().');let r={},n={};this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/admin/not\
ifications/{id}";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"GET",headers:n,query:r}}async getAnyNotificationV2Raw(t,r){
let n=await this.getAnyNotificationV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>w(o))}async getAnyNotificationV2(t,r){
return await(await this.getAnyNotificationV2Raw(t,r)).value()}async getNotificationPreferencesV2RequestOpts(){let t={},r={};
return this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",
[])),{path:"/v2/notification-preferences",method:"GET",headers:r,query:t}}async getNotificationPreferencesV2Raw(t){let r=await this.
getNotificationPreferencesV2RequestOpts(),n=await this.request(r,t);return new s(n,i=>_(i))}async getNotificationPreferencesV2(t){
return await(await this.getNotificationPreferencesV2Raw(t)).value()}async getNotificationV2RequestOpts(t){if(t.id==null)
throw new a("id",'Required parameter "id" was null or undefined when calling getNotificationV2().');let r={},n={};t.ifNoneMatch!=
null&&(n["If-None-Match"]=String(t.ifNoneMatch)),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.
configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.
configuration.accessToken("oauth2",[]));let i="/v2/notifications/{id}";return i=i.replace("{id}",encodeURIComponent(String(
t.id))),{path:i,method:"GET",headers:n,query:r}}async getNotificationV2Raw(t,r){let n=await this.getNotificationV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>T(o))}async getNotificationV2(t,r){return await(await this.getNotificationV2Raw(
t,r)).value()}async listAllNotificationsV2RequestOpts(t){let r={};t.status!=null&&(r.status=t.status),t.channel!=null&&(r.
channel=t.channel),t.eventType!=null&&(r.event_type=t.eventType),t.failure!=null&&(r.failure=t.failure),t.userId!=null&&
(r.user_id=t.userId),t.orderId!=null&&(r.order_id=t.orderId),t.createdFrom!=null&&(r.created_from=c(t.createdFrom)),t.createdTo!=
null&&(r.created_to=c(t.createdTo)),t.limit!=null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.
configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.
configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"\
/v2/admin/notifications",method:"GET",headers:n,query:r}}async listAllNotificationsV2Raw(t,r){let n=await this.listAllNotificationsV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>B(o))}async listAllNotificationsV2(t={},r){return await(await this.listAllNotificationsV2Raw(
t,r)).value()}async listNotificationsV2RequestOpts(t){let r={};t.userId!=null&&(r.user_id=t.userId),t.limit!=null&&(r.limit=
t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),{path:"/v2/notifications",method:"GET",headers:n,query:r}}async listNotificationsV2Raw(t,r){
let n=await this.listNotificationsV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>Q(o))}async listNotificationsV2(t={},r){
return await(await this.listNotificationsV2Raw(t,r)).value()}async redeliverFailedNotificationsV2RequestOpts(t){let r={};
t.channel!=null&&(r.channel=t.channel),t.eventType!=null&&(r.event_type=t.eventType),t.failure!=null&&(r.failure=t.failure),
t.createdFrom!=null&&(r.created_from=c(t.createdFrom)),t.createdTo!=null&&(r.created_to=c(t.createdTo));let n={};return t.
idempotencyKey!=null&&(n["Idempotency-Key"]=String(t.idempotencyKey)),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/admin/notifications/redeliveries",method:"\
POST",headers:n,query:r}}async redeliverFailedNotificationsV2Raw(t,r){let n=await this.redeliverFailedNotificationsV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>X(o))}async redeliverFailedNotificationsV2(t={},r){return await(await this.
redeliverFailedNotificationsV2Raw(t,r)).value()}async redeliverNotificationV2RequestOpts(t){if(t.id==null)throw new a("i\
d",'Required parameter "id" was null or undefined when calling redeliverNotificationV2().');let r={},n={};t.idempotencyKey!=
null&&(n["Idempotency-Key"]=String(t.idempotencyKey)),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/notifications/{id}/redeliveries";return i=i.replace("{id}",
encodeURIComponent(String(t.id))),{path:i,method:"POST",headers:n,query:r}}async redeliverNotificationV2Raw(t,r){let n=await this.
redeliverNotificationV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>T(o))}async redeliverNotificationV2(t,r){
return await(await this.redeliverNotificationV2Raw(t,r)).value()}};function p(e){return We(e,!1)}function We(e,t){return e==null?e:{amount:e.amount,currency:e.currency}}function m(e){return Ee(
e,!1)}function Ee(e,t=!1){return e==null?e:{amount:e.amount,currency:e.currency}}function Z(e){return Be(e,!1)}function Be(e,t){return e==null?e:{productId:e.product_id,name:e.name}}function v(e){return $e(e,!1)}function $e(e,t){return e==null?e:{line:e.line,product:Z(e.product),quantity:e.quantity,unitPrice:p(
e.unit_price),lineTotal:p(e.line_total)}}function S(e){return Qe(e,!1)}function Qe(e,t){return e==null?e:{reason:e.reason,declineReason:e.decline_reason==null?void 0:
e.decline_reason}}function j(e){return Ye(e,!1)}function Ye(e,t){return e==null?e:{at:e.at==null?e.at:u(e.at),step:e.step,outcome:e.outcome,
detail:e.detail==null?void 0:e.detail,by:e.by==null?void 0:e.by}}function ee(e){return Xe(e,!1)}function Xe(e,t){return e==null?e:{total:p(e.total),charged:p(e.charged),refunded:p(e.refunded),
kept:p(e.kept)}}function R(e){return ve(e,!1)}function ve(e,t){return e==null?e:{orderId:e.order_id,customerId:e.customer_id,status:e.status,
cancellation:e.cancellation==null?void 0:S(e.cancellation),lines:e.lines.map(v),totals:ee(e.totals),placedAt:e.placed_at==
null?e.placed_at:u(e.placed_at),timeline:e.timeline==null?void 0:e.timeline.map(j)}}function F(e){return je(e,!1)}function je(e,t){return e==null?e:{items:e.items.map(R),next:e.next==null?void 0:e.next}}function te(e){return et(e,!1)}function et(e,t=!1){return e==null?e:{product_id:e.productId,quantity:e.quantity,expected_price:m(
e.expectedPrice)}}function re(e){return tt(e,!1)}function tt(e,t=!1){return e==null?e:{token:e.token}}function ne(e){return rt(e,!1)}function rt(e,t=!1){return e==null?e:{lines:e.lines.map(te),payment:re(e.payment),expected_total:m(
e.expectedTotal)}}function ie(e){return nt(e,!1)}function nt(e,t){return e==null?e:{state:e.state,attempts:e.attempts,nextAttemptAt:e.next_attempt_at==
null?void 0:u(e.next_attempt_at),deadline:e.deadline==null?e.deadline:u(e.deadline),needsOperator:e.needs_operator,lastError:e.
last_error==null?void 0:e.last_error}}function oe(e){return it(e,!1)}function it(e,t){return e==null?e:{service:e.service,parts:e.parts}}function se(e){return ot(e,!1)}function ot(e,t){return e==null?e:{at:e.at==null?e.at:u(e.at),service:e.service,part:e.part,
what:e.what,outcome:e.outcome,outcomeAt:e.outcome_at==null?void 0:u(e.outcome_at),detail:e.detail==null?void 0:e.detail,
by:e.by==null?void 0:e.by,attempts:e.attempts==null?void 0:e.attempts,nextAttemptAt:e.next_attempt_at==null?void 0:u(e.next_attempt_at),
eventId:e.event_id==null?void 0:e.event_id,traceId:e.trace_id==null?void 0:e.trace_id}}function ae(e){return st(e,!1)}function st(e,t){return e==null?e:{orderId:e.order_id,customerId:e.customer_id,status:e.status,
cancellation:e.cancellation==null?void 0:S(e.cancellation),traceId:e.trace_id==null?void 0:e.trace_id,saga:ie(e.saga),entries:e.
entries.map(se),missing:e.missing.map(oe),shortened:e.shortened}}var C=class extends f{async cancelOrderV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id" was null\
 or undefined when calling cancelOrderV2().');let r={},n={};this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/orders/{id}/cancel";return i=i.replace("{id}",encodeURIComponent(
String(t.id))),{path:i,method:"POST",headers:n,query:r}}async cancelOrderV2Raw(t,r){let n=await this.cancelOrderV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>R(o))}async cancelOrderV2(t,r){return await(await this.cancelOrderV2Raw(t,
r)).value()}async getOrderStoryV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id" was null or unde\
fined when calling getOrderStoryV2().');let r={},n={};this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/admin/orders/{id}/story";return i=i.replace("{id}",encodeURIComponent(
String(t.id))),{path:i,method:"GET",headers:n,query:r}}async getOrderStoryV2Raw(t,r){let n=await this.getOrderStoryV2RequestOpts(
t),i=await this.request(n,r);return new s(i,o=>ae(o))}async getOrderStoryV2(t,r){return await(await this.getOrderStoryV2Raw(
t,r)).value()}async getOrderV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id" was null or undefin\
ed when calling getOrderV2().');let r={},n={};t.ifNoneMatch!=null&&(n["If-None-Match"]=String(t.ifNoneMatch)),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/orders/{i\
d}";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"GET",headers:n,query:r}}async getOrderV2Raw(t,r){
let n=await this.getOrderV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>R(o))}async getOrderV2(t,r){return await(await this.
getOrderV2Raw(t,r)).value()}async listOrdersV2RequestOpts(t){let r={};t.customerId!=null&&(r.customer_id=t.customerId),t.
status!=null&&(r.status=t.status),t.placedFrom!=null&&(r.placed_from=c(t.placedFrom)),t.placedTo!=null&&(r.placed_to=c(t.
placedTo)),t.limit!=null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.configuration&&this.
configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.
configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/admin/orders",
method:"GET",headers:n,query:r}}async listOrdersV2Raw(t,r){let n=await this.listOrdersV2RequestOpts(t),i=await this.request(
n,r);return new s(i,o=>F(o))}async listOrdersV2(t={},r){return await(await this.listOrdersV2Raw(t,r)).value()}async listOwnOrdersV2RequestOpts(t){
let r={};t.status!=null&&(r.status=t.status),t.placedFrom!=null&&(r.placed_from=c(t.placedFrom)),t.placedTo!=null&&(r.placed_to=
c(t.placedTo)),t.limit!=null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor),t.idempotencyKey!=null&&(r.idempotency_key=
t.idempotencyKey);let n={};return this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.
accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.
accessToken("oauth2",[])),{path:"/v2/orders",method:"GET",headers:n,query:r}}async listOwnOrdersV2Raw(t,r){let n=await this.
listOwnOrdersV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>F(o))}async listOwnOrdersV2(t={},r){return await(await this.
listOwnOrdersV2Raw(t,r)).value()}async placeOrderV2RequestOpts(t){if(t.orderRequestV2==null)throw new a("orderRequestV2",
'Required parameter "orderRequestV2" was null or undefined when calling placeOrderV2().');let r={},n={};return n["Conten\
t-Type"]="application/json",t.idempotencyKey!=null&&(n["Idempotency-Key"]=String(t.idempotencyKey)),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",["shopper"])),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/orders",method:"\
POST",headers:n,query:r,body:ne(t.orderRequestV2)}}async placeOrderV2Raw(t,r){let n=await this.placeOrderV2RequestOpts(t),
i=await this.request(n,r);return new s(i,o=>R(o))}async placeOrderV2(t,r){return await(await this.placeOrderV2Raw(t,r)).
value()}};function ue(e){return at(e,!1)}function at(e,t){return e==null?e:{reason:e.reason}}function de(e){return ut(e,!1)}function ut(e,t){return e==null?e:{charged:p(e.charged),refunded:p(e.refunded),refundable:p(
e.refundable)}}function ce(e){return dt(e,!1)}function dt(e,t){return e==null?e:{brand:e.brand}}function q(e){return ct(e,!1)}function ct(e,t){return e==null?e:{paymentId:e.payment_id,orderId:e.order_id,customerId:e.
customer_id,status:e.status,decline:e.decline==null?void 0:ue(e.decline),amounts:de(e.amounts),card:e.card==null?void 0:
ce(e.card),createdAt:e.created_at==null?e.created_at:u(e.created_at),changedAt:e.changed_at==null?e.changed_at:u(e.changed_at)}}function pe(e){return pt(e,!1)}function pt(e,t){return e==null?e:{items:e.items.map(q),next:e.next==null?void 0:e.next}}var D=class extends f{async getPaymentV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id" was null \
or undefined when calling getPaymentV2().');let r={},n={};t.ifNoneMatch!=null&&(n["If-None-Match"]=String(t.ifNoneMatch)),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));
let i="/v2/payments/{id}";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"GET",headers:n,query:r}}async getPaymentV2Raw(t,r){
let n=await this.getPaymentV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>q(o))}async getPaymentV2(t,r){return await(await this.
getPaymentV2Raw(t,r)).value()}async listPaymentsV2RequestOpts(t){let r={};t.orderId!=null&&(r.order_id=t.orderId),t.limit!=
null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/payments",method:"GET",headers:n,query:r}}async listPaymentsV2Raw(t,r){
let n=await this.listPaymentsV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>pe(o))}async listPaymentsV2(t={},r){
return await(await this.listPaymentsV2Raw(t,r)).value()}};function fe(e){return ft(e,!1)}function ft(e,t){return e==null?e:{name:e.name,productCount:e.product_count}}function me(e){return mt(e,!1)}function mt(e,t){return e==null?e:{items:e.items.map(fe)}}function le(e){return lt(e,!1)}function lt(e,t){return e==null?e:{created:e.created,updated:e.updated,rows:e.rows}}function ye(e){return yt(e,!1)}function yt(e,t=!1){return e==null?e:{name:e.name,description:e.description,category:e.category,
price:m(e.price)}}function ge(e){return gt(e,!1)}function gt(e,t){return e==null?e:{available:e.available,state:e.state}}function g(e){return ht(e,!1)}function ht(e,t){return e==null?e:{productId:e.product_id,sku:e.sku,name:e.name,description:e.
description,category:e.category,price:p(e.price),stock:ge(e.stock),status:e.status}}function he(e){return Vt(e,!1)}function Vt(e,t){return e==null?e:{items:e.items.map(g),next:e.next==null?void 0:e.next}}function Ve(e){return Ot(e,!1)}function Ot(e,t=!1){return e==null?e:{sku:e.sku,name:e.name,description:e.description,category:e.
category,price:m(e.price),status:e.status,initial_stock:e.initialStock}}var M=class extends f{async changeProductV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id" was nu\
ll or undefined when calling changeProductV2().');if(t.ifMatch==null)throw new a("ifMatch",'Required parameter "ifMatch"\
 was null or undefined when calling changeProductV2().');if(t.productChangeV2==null)throw new a("productChangeV2",'Requi\
red parameter "productChangeV2" was null or undefined when calling changeProductV2().');let r={},n={};n["Content-Type"]=
"application/json",t.ifMatch!=null&&(n["If-Match"]=String(t.ifMatch)),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/products/{id}";return i=i.replace("{id}",
encodeURIComponent(String(t.id))),{path:i,method:"PATCH",headers:n,query:r,body:ye(t.productChangeV2)}}async changeProductV2Raw(t,r){
let n=await this.changeProductV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>g(o))}async changeProductV2(t,r){
return await(await this.changeProductV2Raw(t,r)).value()}async createProductV2RequestOpts(t){if(t.productRequestV2==null)
throw new a("productRequestV2",'Required parameter "productRequestV2" was null or undefined when calling createProductV2\
().');let r={},n={};return n["Content-Type"]="application/json",t.idempotencyKey!=null&&(n["Idempotency-Key"]=String(t.idempotencyKey)),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),
{path:"/v2/products",method:"POST",headers:n,query:r,body:Ve(t.productRequestV2)}}async createProductV2Raw(t,r){let n=await this.
createProductV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>g(o))}async createProductV2(t,r){return await(await this.
createProductV2Raw(t,r)).value()}async getProductV2RequestOpts(t){if(t.id==null)throw new a("id",'Required parameter "id\
" was null or undefined when calling getProductV2().');let r={},n={};t.ifNoneMatch!=null&&(n["If-None-Match"]=String(t.ifNoneMatch)),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),
this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));
let i="/v2/products/{id}";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"GET",headers:n,query:r}}async getProductV2Raw(t,r){
let n=await this.getProductV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>g(o))}async getProductV2(t,r){return await(await this.
getProductV2Raw(t,r)).value()}async importProductsV2RequestOpts(t){if(t.body==null)throw new a("body",'Required paramete\
r "body" was null or undefined when calling importProductsV2().');let r={},n={};return n["Content-Type"]="text/csv",t.idempotencyKey!=
null&&(n["Idempotency-Key"]=String(t.idempotencyKey)),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),{path:"/v2/products/imports",method:"POST",headers:n,query:r,body:t.body}}async importProductsV2Raw(t,r){
let n=await this.importProductsV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>le(o))}async importProductsV2(t,r){
return await(await this.importProductsV2Raw(t,r)).value()}async listCategoriesV2RequestOpts(){return{path:"/v2/categorie\
s",method:"GET",headers:{},query:{}}}async listCategoriesV2Raw(t){let r=await this.listCategoriesV2RequestOpts(),n=await this.
request(r,t);return new s(n,i=>me(i))}async listCategoriesV2(t){return await(await this.listCategoriesV2Raw(t)).value()}async listProductsV2RequestOpts(t){
let r={};t.ids!=null&&(r.ids=t.ids),t.search!=null&&(r.search=t.search),t.category!=null&&(r.category=t.category),t.priceFrom!=
null&&(r.price_from=t.priceFrom),t.priceTo!=null&&(r.price_to=t.priceTo),t.status!=null&&(r.status=t.status),t.sort!=null&&
(r.sort=t.sort),t.limit!=null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/products",
method:"GET",headers:n,query:r}}async listProductsV2Raw(t,r){let n=await this.listProductsV2RequestOpts(t),i=await this.
request(n,r);return new s(i,o=>he(o))}async listProductsV2(t={},r){return await(await this.listProductsV2Raw(t,r)).value()}async publishProductV2RequestOpts(t){
if(t.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling publishProductV2().');let r={},
n={};this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[]));let i="/v2/products/{id}/publish";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"POST",
headers:n,query:r}}async publishProductV2Raw(t,r){let n=await this.publishProductV2RequestOpts(t),i=await this.request(n,
r);return new s(i,o=>g(o))}async publishProductV2(t,r){return await(await this.publishProductV2Raw(t,r)).value()}async retireProductV2RequestOpts(t){
if(t.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling retireProductV2().');let r={},
n={};this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
[]));let i="/v2/products/{id}/retire";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"POST",
headers:n,query:r}}async retireProductV2Raw(t,r){let n=await this.retireProductV2RequestOpts(t),i=await this.request(n,r);
return new s(i,o=>g(o))}async retireProductV2(t,r){return await(await this.retireProductV2Raw(t,r)).value()}};function Oe(e){return Rt(e,!1)}function Rt(e,t=!1){return e==null?e:{email_address:e.emailAddress}}function Re(e){return Tt(e,!1)}function Tt(e,t=!1){return e==null?e:{token:e.token,password:e.password}}function Te(e){return Pt(e,!1)}function Pt(e,t=!1){return e==null?e:{email_address:e.emailAddress,password:e.password,current_password:e.
currentPassword}}function N(e){return wt(e,!1)}function wt(e,t){return e==null?e:{keyId:e.key_id,createdAt:e.created_at==null?e.created_at:
u(e.created_at),signsFrom:e.signs_from==null?e.signs_from:u(e.signs_from),status:e.status}}function Pe(e){return St(e,!1)}function St(e,t){return e==null?e:{items:e.items.map(N)}}function we(e){return qt(e,!1)}function qt(e,t=!1){return e==null?e:{email_address:e.emailAddress,role:e.role,active:e.active}}function h(e){return Nt(e,!1)}function Nt(e,t){return e==null?e:{userId:e.user_id,version:e.version,username:e.username,
emailAddress:e.email_address,role:e.role,active:e.active,registeredAt:e.registered_at==null?e.registered_at:u(e.registered_at)}}function Se(e){return xt(e,!1)}function xt(e,t){return e==null?e:{items:e.items.map(h),next:e.next==null?void 0:e.next}}function qe(e){return Jt(e,!1)}function Jt(e,t=!1){return e==null?e:{username:e.username,email_address:e.emailAddress,password:e.
password}}var U=class extends f{async changeOwnUserV2RequestOpts(t){if(t.ifMatch==null)throw new a("ifMatch",'Required parameter "\
ifMatch" was null or undefined when calling changeOwnUserV2().');if(t.selfChangeV2==null)throw new a("selfChangeV2",'Req\
uired parameter "selfChangeV2" was null or undefined when calling changeOwnUserV2().');let r={},n={};return n["Content-T\
ype"]="application/json",t.ifMatch!=null&&(n["If-Match"]=String(t.ifMatch)),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&
(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"PATCH",headers:n,query:r,
body:Te(t.selfChangeV2)}}async changeOwnUserV2Raw(t,r){let n=await this.changeOwnUserV2RequestOpts(t),i=await this.request(
n,r);return new s(i,o=>h(o))}async changeOwnUserV2(t,r){return await(await this.changeOwnUserV2Raw(t,r)).value()}async changeUserV2RequestOpts(t){
if(t.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling changeUserV2().');if(t.ifMatch==
null)throw new a("ifMatch",'Required parameter "ifMatch" was null or undefined when calling changeUserV2().');if(t.userChangeV2==
null)throw new a("userChangeV2",'Required parameter "userChangeV2" was null or undefined when calling changeUserV2().');
let r={},n={};n["Content-Type"]="application/json",t.ifMatch!=null&&(n["If-Match"]=String(t.ifMatch)),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",["admin"])),this.configuration&&
this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id\
}";return i=i.replace("{id}",encodeURIComponent(String(t.id))),{path:i,method:"PATCH",headers:n,query:r,body:we(t.userChangeV2)}}async changeUserV2Raw(t,r){
let n=await this.changeUserV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>h(o))}async changeUserV2(t,r){return await(await this.
changeUserV2Raw(t,r)).value()}async eraseOwnUserV2RequestOpts(){let t={},r={};return this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.
accessToken&&(r.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"DELETE",headers:r,
query:t}}async eraseOwnUserV2Raw(t){let r=await this.eraseOwnUserV2RequestOpts(),n=await this.request(r,t);return new l(
n)}async eraseOwnUserV2(t){await this.eraseOwnUserV2Raw(t)}async eraseUserV2RequestOpts(t){if(t.id==null)throw new a("id",
'Required parameter "id" was null or undefined when calling eraseUserV2().');let r={},n={};this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",["admin"])),this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id}";return i=i.replace(
"{id}",encodeURIComponent(String(t.id))),{path:i,method:"DELETE",headers:n,query:r}}async eraseUserV2Raw(t,r){let n=await this.
eraseUserV2RequestOpts(t),i=await this.request(n,r);return new l(i)}async eraseUserV2(t,r){await this.eraseUserV2Raw(t,r)}async getOwnUserV2RequestOpts(t){
let r={},n={};return t.ifNoneMatch!=null&&(n["If-None-Match"]=String(t.ifNoneMatch)),this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.
accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users/me",method:"GET",headers:n,
query:r}}async getOwnUserV2Raw(t,r){let n=await this.getOwnUserV2RequestOpts(t),i=await this.request(n,r);return new s(i,
o=>h(o))}async getOwnUserV2(t={},r){return await(await this.getOwnUserV2Raw(t,r)).value()}async getUserV2RequestOpts(t){
if(t.id==null)throw new a("id",'Required parameter "id" was null or undefined when calling getUserV2().');let r={},n={};
t.ifNoneMatch!=null&&(n["If-None-Match"]=String(t.ifNoneMatch)),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[])),this.configuration&&this.configuration.accessToken&&(n.Authorization=
await this.configuration.accessToken("oauth2",[]));let i="/v2/users/{id}";return i=i.replace("{id}",encodeURIComponent(String(
t.id))),{path:i,method:"GET",headers:n,query:r}}async getUserV2Raw(t,r){let n=await this.getUserV2RequestOpts(t),i=await this.
request(n,r);return new s(i,o=>h(o))}async getUserV2(t,r){return await(await this.getUserV2Raw(t,r)).value()}async listSigningKeysRequestOpts(){
let t={},r={};return this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken(
"oauth2",["admin"])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken(
"oauth2",[])),{path:"/v2/signing-keys",method:"GET",headers:r,query:t}}async listSigningKeysRaw(t){let r=await this.listSigningKeysRequestOpts(),
n=await this.request(r,t);return new s(n,i=>Pe(i))}async listSigningKeys(t){return await(await this.listSigningKeysRaw(t)).
value()}async listUsersV2RequestOpts(t){let r={};t.q!=null&&(r.q=t.q),t.role!=null&&(r.role=t.role),t.active!=null&&(r.active=
t.active),t.limit!=null&&(r.limit=t.limit),t.cursor!=null&&(r.cursor=t.cursor);let n={};return this.configuration&&this.
configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),this.configuration&&this.
configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",[])),{path:"/v2/users",method:"\
GET",headers:n,query:r}}async listUsersV2Raw(t,r){let n=await this.listUsersV2RequestOpts(t),i=await this.request(n,r);return new s(
i,o=>Se(o))}async listUsersV2(t={},r){return await(await this.listUsersV2Raw(t,r)).value()}async redeemPasswordResetRequestOpts(t){
if(t.redemptionV2==null)throw new a("redemptionV2",'Required parameter "redemptionV2" was null or undefined when calling\
 redeemPasswordReset().');let r={},n={};return n["Content-Type"]="application/json",{path:"/v2/password-resets/redemptio\
ns",method:"POST",headers:n,query:r,body:Re(t.redemptionV2)}}async redeemPasswordResetRaw(t,r){let n=await this.redeemPasswordResetRequestOpts(
t),i=await this.request(n,r);return new l(i)}async redeemPasswordReset(t,r){await this.redeemPasswordResetRaw(t,r)}async registerUserV2RequestOpts(t){
if(t.userRequestV2==null)throw new a("userRequestV2",'Required parameter "userRequestV2" was null or undefined when call\
ing registerUserV2().');let r={},n={};return n["Content-Type"]="application/json",t.idempotencyKey!=null&&(n["Idempotenc\
y-Key"]=String(t.idempotencyKey)),{path:"/v2/users",method:"POST",headers:n,query:r,body:qe(t.userRequestV2)}}async registerUserV2Raw(t,r){
let n=await this.registerUserV2RequestOpts(t),i=await this.request(n,r);return new s(i,o=>h(o))}async registerUserV2(t,r){
return await(await this.registerUserV2Raw(t,r)).value()}async requestPasswordResetRequestOpts(t){if(t.passwordResetRequestV2==
null)throw new a("passwordResetRequestV2",'Required parameter "passwordResetRequestV2" was null or undefined when callin\
g requestPasswordReset().');let r={},n={};return n["Content-Type"]="application/json",{path:"/v2/password-resets",method:"\
POST",headers:n,query:r,body:Oe(t.passwordResetRequestV2)}}async requestPasswordResetRaw(t,r){let n=await this.requestPasswordResetRequestOpts(
t),i=await this.request(n,r);return new l(i)}async requestPasswordReset(t,r){await this.requestPasswordResetRaw(t,r)}async revokeSigningKeyRequestOpts(t){
if(t.kid==null)throw new a("kid",'Required parameter "kid" was null or undefined when calling revokeSigningKey().');let r={},
n={};this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("oauth2",
["admin"])),this.configuration&&this.configuration.accessToken&&(n.Authorization=await this.configuration.accessToken("o\
auth2",[]));let i="/v2/signing-keys/{kid}";return i=i.replace("{kid}",encodeURIComponent(String(t.kid))),{path:i,method:"\
DELETE",headers:n,query:r}}async revokeSigningKeyRaw(t,r){let n=await this.revokeSigningKeyRequestOpts(t),i=await this.request(
n,r);return new l(i)}async revokeSigningKey(t,r){await this.revokeSigningKeyRaw(t,r)}async rotateSigningKeysRequestOpts(){
let t={},r={};return this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken(
"oauth2",["admin"])),this.configuration&&this.configuration.accessToken&&(r.Authorization=await this.configuration.accessToken(
"oauth2",[])),{path:"/v2/signing-keys",method:"POST",headers:r,query:t}}async rotateSigningKeysRaw(t){let r=await this.rotateSigningKeysRequestOpts(),
n=await this.request(r,t);return new s(n,i=>N(i))}async rotateSigningKeys(t){return await(await this.rotateSigningKeysRaw(
t)).value()}};export{P as Configuration,b as IdentityApi,k as NotificationsV2Api,C as OrdersV2Api,D as PaymentsV2Api,M as ProductsV2Api,
U as UsersV2Api};
