{{/*
The services, and what the chart has to know of each: its main port (http), the port that answers operators (probe), further
ports, who calls it on which (callers), and what it is given: database, broker, client (an identity of its own), issuer (all
clients' secrets and the first accounts).
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
  needs: [database, broker, client]
  callers: {http: [gateway, order-service]}
notification-service:
  ports: {http: 8085, management: 9185}
  probe: management
  needs: [database, broker, client, mail, links]
  callers: {http: [gateway]}
storefront:
  ports: {http: 8086, management: 9186}
  probe: management
  callers: {http: [gateway]}
{{- end }}

{{- define "emporion.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The gateway's address as it is without any setting. */}}
{{- define "emporion.url" -}}
{{- .Values.url | default (printf "http://%s-gateway.%s.svc" (include "emporion.fullname" .) .Release.Namespace) | trimSuffix "/" }}
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
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{- define "emporion.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* (list $ name tag) */}}
{{- define "emporion.image" -}}
{{- $image := (index . 0).Values.image }}
{{- with $image.registry }}{{ trimSuffix "/" . }}/{{ end }}{{ $image.repository }}/{{ index . 1 }}:{{ index . 2 }}
{{- end }}

{{/* The settings of one service: (list $ name). */}}
{{- define "emporion.settings" -}}
{{- $values := (index . 0).Values }}
{{- mergeOverwrite (deepCopy $values.defaults) (deepCopy (index $values.services (index . 1) | default dict)) | toYaml }}
{{- end }}

{{/* The database, and its owner, of a service. */}}
{{- define "emporion.database" -}}{{ . | replace "-" "_" }}{{- end }}

{{- define "emporion.databaseHost" -}}
{{- .Values.database.host | default (printf "%s-postgresql" (include "emporion.fullname" .)) }}
{{- end }}

{{- define "emporion.brokerUri" -}}
{{- .Values.broker.uri | default (printf "amqp://%s-broker:5672" (include "emporion.fullname" .)) }}
{{- end }}

{{/* Whether a pod of the embedded broker runs, for the queues, the mailbox or both: not empty where it does. */}}
{{- define "emporion.brokerInside" -}}
{{- if or (not .Values.broker.uri) (not .Values.mail.host) }}yes{{ end }}
{{- end }}

{{- define "emporion.secret" -}}{{ include "emporion.fullname" . }}-secrets{{- end }}
{{- define "emporion.accounts" -}}{{ .Values.accounts.existingSecret | default (printf "%s-accounts" (include "emporion.fullname" .)) }}{{- end }}
{{- define "emporion.databaseSecret" -}}{{ .Values.database.existingSecret | default (include "emporion.secret" .) }}{{- end }}
{{- define "emporion.brokerSecret" -}}{{ .Values.broker.existingSecret | default (include "emporion.secret" .) }}{{- end }}

{{- define "emporion.clientSecret" -}}EMPORION_CLIENTS_{{ . | upper | replace "-" "_" }}_SECRET{{- end }}

{{/* One variable out of a Secret: (list variable secret key). */}}
{{- define "emporion.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

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

{{/* Where nothing but sleeping is to be done; newer clusters do it themselves, for any image. (list $ seconds) */}}
{{- define "emporion.pause" -}}
{{- if semverCompare ">=1.30.0-0" (index . 0).Capabilities.KubeVersion.Version -}}
sleep: {seconds: {{ int (index . 1) }}}
{{- else -}}
exec: {command: [sleep, {{ index . 1 | int | toString | quote }}]}
{{- end }}
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
