{{/*
The services, and what the chart has to know of each: its main port (http), the port that answers operators (probe), further
ports, who calls it on which (callers), and what it is given: database, broker, client (an identity of its own), issuer (all
clients' secrets and the first accounts), links (the key of links in mails), mail, payments.
*/}}
{{- define "emporion.components" -}}
gateway:
  ports: {http: 8080, management: 9080}
  probe: management
  callers: {}
user-service:
  ports: {http: 8081, grpc: 9081, management: 9181}
  probe: management
  needs: [database, broker, issuer, links]
  callers:
    http: [gateway, product-service, order-service, payment-service, notification-service]
    grpc: [order-service]
product-service:
  ports: {http: 8082, grpc: 9082, management: 9182}
  probe: management
  needs: [database, broker, client]
  callers:
    http: [gateway, order-service]
    grpc: [order-service]
order-service:
  ports: {http: 8083, management: 9183}
  probe: management
  needs: [database, broker, client]
  callers: {http: [gateway]}
payment-service:
  ports: {http: 8084, management: 9184}
  probe: management
  needs: [database, broker, client, payments]
  callers: {http: [gateway, order-service, payment-service]} # the last one is the sandbox's voice
notification-service:
  ports: {http: 8085, management: 9185}
  probe: management
  needs: [database, broker, client, mail, links]
  callers: {http: [gateway, order-service]}
storefront:
  ports: {http: 8086, management: 9186}
  probe: management
  callers: {http: [gateway]}
{{- end }}

{{/* Not empty in an umbrella chart, which may have this one several times, under an alias each (.Chart.Name). */}}
{{- define "emporion.umbrella" -}}
{{- if contains "/charts/" .Template.BasePath }}yes{{ end }}
{{- end }}

{{/*
Names of Services are the narrowest (RFC 1035: a letter first, no dots, 63 characters), names of releases and aliases are not. 40
characters leave room for what stands behind them, also in the names that Kubernetes makes.
*/}}
{{- define "emporion.fullname" -}}
{{- $given := .Values.fullnameOverride | default (include "emporion.umbrella" . | empty | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name)) }}
{{- $name := regexReplaceAll "[^a-z0-9-]" (lower $given) "-" }}
{{- if not (regexMatch "^[a-z]" $name) }}{{ $name = printf "shop-%s" $name }}{{ end }}
{{- if or (ne $name $given) (gt (len $name) 40) }}{{ $name = printf "%s-%s" ($name | trunc 31 | trimAll "-") ($given | sha256sum | trunc 8) }}{{ end }}
{{- $name }}
{{- end }}

{{/* What tells this shop's pods from another's, in the selectors that can't change once they are installed. */}}
{{- define "emporion.instance" -}}
{{- include "emporion.umbrella" . | empty | ternary .Release.Name (include "emporion.fullname" .) }}
{{- end }}

{{/* The gateway's Service with its port, for those who are in its namespace: http://shop-gateway:8080 */}}
{{- define "emporion.gatewayUrl" -}}
{{- include "emporion.gatewayScheme" . }}://{{ include "emporion.fullname" . }}-gateway{{ include "emporion.gatewayPort" . }}
{{- end }}

{{- define "emporion.gatewayScheme" -}}
{{- empty .Values.gateway.tlsSecret | ternary "http" "https" }}
{{- end }}

{{/* Behind a host; empty for the scheme's own. */}}
{{- define "emporion.gatewayPort" -}}
{{- if ne (int .Values.gateway.service.port) (empty .Values.gateway.tlsSecret | ternary 80 443) }}:{{ int .Values.gateway.service.port }}{{ end }}
{{- end }}

{{/* The accepted values of Host, joined by commas: who restricts them means strangers, not the chart's own addresses. */}}
{{- define "emporion.hosts" -}}
{{- $gateway := printf "%s-gateway" (include "emporion.fullname" .) }}
{{- $hosts := append (.Values.gateway.hosts | default list) (include "emporion.url" . | regexFind "[^/]*$") }}
{{- range list "" (printf ".%s" .Release.Namespace) (printf ".%s.svc" .Release.Namespace) (printf ".%s.svc.cluster.local" .Release.Namespace) }}
{{- $hosts = append $hosts (printf "%s%s%s" $gateway . (include "emporion.gatewayPort" $)) }}
{{- end }}
{{- with and .Values.ingress.enabled .Values.ingress.host }}{{ $hosts = append $hosts . }}{{ end }}
{{- uniq $hosts | join "," }}
{{- end }}

{{- define "emporion.url" -}}
{{- if .Values.url }}{{ trimSuffix "/" .Values.url }}
{{- else if and .Values.ingress.enabled .Values.ingress.host }}{{ empty .Values.ingress.tlsSecret | ternary "http" "https" }}://{{ .Values.ingress.host }}
{{- else }}{{ include "emporion.gatewayScheme" . }}://{{ include "emporion.fullname" . }}-gateway.{{ .Release.Namespace }}.svc{{ include "emporion.gatewayPort" . }}
{{- end }}
{{- end }}

{{/* The address of a service's port: (list $ service port). */}}
{{- define "emporion.address" -}}
{{- $root := index . 0 }}
{{- empty (include "emporion.serverSecret" .) | ternary "http" "https" }}://{{ include "emporion.fullname" $root }}-{{ index . 1 }}:{{ index . 2 }}
{{- end }}

{{/* The Secret with the certificate of a service, or nothing; what the storefront hands out is for everybody: (list $ service). */}}
{{- define "emporion.serverSecret" -}}
{{- $root := index . 0 }}
{{- if eq (index . 1) "gateway" }}{{ $root.Values.gateway.tlsSecret }}
{{- else if ne (index . 1) "storefront" }}{{ $root.Values.tls.serverSecret | default "" | replace "%s" (printf "%s-%s" (include "emporion.fullname" $root) (index . 1)) }}
{{- end }}
{{- end }}

{{/* A number as it was written, where the template's own text of it would be 1.2345678e+07; a text as it is. */}}
{{- define "emporion.text" -}}
{{- kindIs "string" . | ternary . (toJson .) }}
{{- end }}

{{/* A map of texts, whatever their values look like; without those that are null. */}}
{{- define "emporion.texts" -}}
{{- range $name, $value := . }}
{{- if not (kindIs "invalid" $value) }}
{{ $name | quote }}: {{ include "emporion.text" $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Further names and texts besides those that stand there already, which win: (list map taken), taken as YAML. */}}
{{- define "emporion.further" -}}
{{- $taken := index . 1 | fromYaml }}
{{- $further := deepCopy (index . 0 | default dict) }}
{{- range $name, $_ := $taken }}{{ $_ = unset $further $name }}{{ end }}
{{- include "emporion.texts" $further }}
{{- end }}

{{- define "emporion.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/part-of: emporion
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ include "emporion.tag" . | trunc 63 | quote }}
{{- end }}

{{/* Of one component: (list $ name). */}}
{{- define "emporion.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ include "emporion.instance" (index . 0) | quote }}
{{- end }}

{{- define "emporion.tag" -}}
{{- include "emporion.text" (.Values.image.tag | default .Chart.AppVersion) }}
{{- end }}

{{/* (list $ name tag) */}}
{{- define "emporion.image" -}}
{{- $image := (index . 0).Values.image }}
{{- with $image.registry }}{{ trimSuffix "/" . }}/{{ end }}{{ $image.repository }}/{{ index . 1 }}:{{ index . 2 }}{{ with get ($image.digests | default dict) (index . 1) }}@{{ . }}{{ end }}
{{- end }}

{{- define "emporion.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ kindIs "string" . | ternary . (get (kindIs "map" . | ternary . dict) "name") | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The settings of one service: (list $ name). */}}
{{- define "emporion.settings" -}}
{{- $values := (index . 0).Values }}
{{- mergeOverwrite (deepCopy $values.defaults) (deepCopy (get ($values.services | default dict) (index . 1) | default dict)) | toYaml }}
{{- end }}

{{/* A quantity of Kubernetes' as a number. */}}
{{- define "emporion.quantity" -}}
{{- $text := include "emporion.text" . | trimPrefix "+" }}
{{- $number := regexFind "^[0-9.]+([eE][-+]?[0-9]+)?" $text }}
{{- $units := dict "" 1.0 "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 }}
{{- mulf (float64 $number) (get $units (trimPrefix $number $text)) }}
{{- end }}

{{/* Resources of a container, checked as Kubernetes would: (list path resources). */}}
{{- define "emporion.resources" -}}
{{- $resources := index . 1 | default dict }}
{{- $limits := $resources.limits | default dict }}
{{- range $name, $request := $resources.requests }}
{{- $limit := get $limits $name }}
{{- if not (or (kindIs "invalid" $request) (kindIs "invalid" $limit) (eq (toString $limit) "")) }}
{{- if gt (include "emporion.quantity" $request | float64) (include "emporion.quantity" $limit | float64) }}
{{- fail (printf "%s: requests.%s is %s and limits.%s only %s; raise the limit too." (index $ 0) $name (include "emporion.text" $request) $name (include "emporion.text" $limit)) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $bound := list "requests" "limits" }}
{{- with get $resources $bound }}
{{ $bound }}:
  {{- include "emporion.texts" . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{/* The database, and its owner, of a service. */}}
{{- define "emporion.database" -}}{{ . | replace "-" "_" }}{{- end }}

{{/* An address of IPv6 stands in brackets before a port. */}}
{{- define "emporion.databaseHost" -}}
{{- $host := .Values.database.host | default (printf "%s-postgresql" (include "emporion.fullname" .)) }}
{{- regexMatch "^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*$" $host | ternary (printf "[%s]" $host) $host }}
{{- end }}

{{- define "emporion.brokerUri" -}}
{{- .Values.broker.uri | default (printf "amqp://%s-broker:5672" (include "emporion.fullname" .)) }}
{{- end }}

{{- define "emporion.brokerPort" -}}
{{- include "emporion.brokerUri" . | regexFind ":[0-9]+$" | trimPrefix ":" | default (hasPrefix "amqps:" .Values.broker.uri | ternary "5671" "5672") }}
{{- end }}

{{/* Whether a pod of the embedded broker runs, for the queues, the mailbox or both: not empty where it does. */}}
{{- define "emporion.brokerInside" -}}
{{- if or (not .Values.broker.uri) (not .Values.mail.host) }}yes{{ end }}
{{- end }}

{{- define "emporion.secret" -}}{{ include "emporion.fullname" . }}-secrets{{- end }}
{{- define "emporion.accounts" -}}{{ .Values.accounts.existingSecret | default (printf "%s-accounts" (include "emporion.fullname" .)) }}{{- end }}
{{- define "emporion.databaseSecret" -}}{{ .Values.database.existingSecret | default (include "emporion.secret" .) }}{{- end }}
{{- define "emporion.brokerSecret" -}}{{ .Values.broker.existingSecret | default (include "emporion.secret" .) }}{{- end }}

{{/* Whether payments are pretended: not empty where they are. */}}
{{- define "emporion.sandbox" -}}
{{- if eq .Values.payment.provider "sandbox" }}yes{{ end }}
{{- end }}

{{- define "emporion.ownSecret" -}}{{ .Values.secrets.existingSecret | default (include "emporion.secret" .) }}{{- end }}

{{- define "emporion.clientSecret" -}}EMPORION_CLIENTS_{{ . | upper | replace "-" "_" }}_SECRET{{- end }}

{{- define "emporion.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "emporion.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/*
What starts a process with more options of the Java runtime, or nothing where there are none. JDK_JAVA_OPTIONS would be told in
plain text, in front of all lines of JSON.
*/}}
{{- define "emporion.command" -}}
{{- with . | default "" | trim }}
command:
  - java
  - "@/app/java-options"
  {{- range regexSplit "\\s+" . -1 }}
  - {{ . | quote }}
  {{- end }}
  - -cp
  - "@/app/jib-classpath-file"
  - "@/app/jib-main-class-file"
{{- end }}
{{- end }}

{{/* Where nothing but sleeping is to be done; newer clusters do it themselves, for any image. (list $ seconds) */}}
{{- define "emporion.pause" -}}
{{- if semverCompare ">=1.30.0-0" (index . 0).Capabilities.KubeVersion.Version -}}
sleep: {seconds: {{ int (index . 1) }}}
{{- else -}}
exec: {command: [sleep, {{ index . 1 | int | toString | quote }}]}
{{- end }}
{{- end }}

{{/* Where certificates are found, as items of volumes and of mounts. */}}
{{- define "emporion.caVolume" -}}
{{- $ca := .Values.tls.ca }}
{{- if $ca.existingSecret }}
- name: tls-ca
  secret: {secretName: {{ $ca.existingSecret | quote }}, items: [{key: {{ $ca.key | quote }}, path: ca.crt}]}
{{- else if $ca.existingConfigMap }}
- name: tls-ca
  configMap: {name: {{ $ca.existingConfigMap | quote }}, items: [{key: {{ $ca.key | quote }}, path: ca.crt}]}
{{- end }}
{{- end }}

{{- define "emporion.caMount" -}}
{{- if include "emporion.ca" . }}
- {name: tls-ca, mountPath: /etc/emporion/tls, readOnly: true}
{{- end }}
{{- end }}

{{- define "emporion.ca" -}}
{{- .Values.tls.ca.existingSecret | default .Values.tls.ca.existingConfigMap | empty | ternary "" "/etc/emporion/tls/ca.crt" }}
{{- end }}

{{/* (list port seconds) */}}
{{- define "emporion.probes" -}}
startupProbe:
  httpGet: {path: /health/started, port: {{ index . 0 }}}
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: {{ int (index . 1) }}
readinessProbe:
  httpGet: {path: /health/ready, port: {{ index . 0 }}}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 3
livenessProbe:
  httpGet: {path: /health/live, port: {{ index . 0 }}}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}
