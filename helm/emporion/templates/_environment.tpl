{{/* The variables that the chart gives a service, by name, each as Kubernetes has it without the name: (list $ service settings). */}}
{{- define "emporion.environment" -}}
{{- $root := index . 0 }}
{{- $service := index . 1 }}
{{- $settings := index . 2 }}
{{- $components := include "emporion.components" $root | fromYaml }}
{{- $needs := (get $components $service).needs | default list }}
{{- $accounts := include "emporion.accounts" $root }}
{{- $own := include "emporion.ownSecret" $root }}
{{- with include "emporion.ca" $root }}
EMPORION_TLS_CA: {value: {{ . }}}
{{- end }}
{{- if include "emporion.serverSecret" (list $root $service) }}
EMPORION_TLS_CERTIFICATE: {value: /etc/emporion/server/tls.crt}
EMPORION_TLS_KEY: {value: /etc/emporion/server/tls.key}
{{- end }}
{{- if has "database" $needs }}
{{- $database := include "emporion.database" $service }}
EMPORION_DATABASE_USERNAME: {value: {{ $database }}}
EMPORION_DATABASE_URL:
  value: {{ printf "jdbc:postgresql://%s:%d/%s%s" (include "emporion.databaseHost" $root) (int $root.Values.database.port) $database (empty $root.Values.database.parameters | ternary "" (print "?" $root.Values.database.parameters)) | quote }}
EMPORION_DATABASE_PASSWORD: {{ include "emporion.fromSecret" (list (include "emporion.databaseSecret" $root) $database) }}
{{- end }}
{{- if has "broker" $needs }}
EMPORION_BROKER_PASSWORD: {{ include "emporion.fromSecret" (list (include "emporion.brokerSecret" $root) "broker-password") }}
{{- end }}
{{- if has "client" $needs }}
EMPORION_CLIENT_ID: {value: {{ $service }}}
EMPORION_CLIENT_SECRET: {{ include "emporion.fromSecret" (list $own (include "emporion.clientSecret" $service)) }}
{{- end }}
{{- if has "issuer" $needs }}
{{- range $client, $its := $components }}
{{- if has "client" ($its.needs | default list) }}
{{ include "emporion.clientSecret" $client }}: {{ include "emporion.fromSecret" (list $own (include "emporion.clientSecret" $client)) }}
{{- end }}
{{- end }}
EMPORION_SEED_ADMIN_EMAIL: {value: {{ $root.Values.accounts.admin.email | quote }}}
EMPORION_SEED_ADMIN_USERNAME: {{ include "emporion.fromSecret" (list $accounts "admin-username") }}
EMPORION_SEED_ADMIN_PASSWORD: {{ include "emporion.fromSecret" (list $accounts "admin-password") }}
{{- if $root.Values.accounts.shopper.enabled }}
EMPORION_SEED_SHOPPER_EMAIL: {value: {{ $root.Values.accounts.shopper.email | quote }}}
EMPORION_SEED_SHOPPER_USERNAME: {{ include "emporion.fromSecret" (list $accounts "shopper-username") }}
EMPORION_SEED_SHOPPER_PASSWORD: {{ include "emporion.fromSecret" (list $accounts "shopper-password") }}
{{- end }}
{{- end }}
{{- if has "links" $needs }}
EMPORION_RESET_KEY: {{ include "emporion.fromSecret" (list $own "links-key") }}
{{- end }}
{{- if and (has "payments" $needs) (include "emporion.sandbox" $root) }}
EMPORION_SANDBOX_WEBHOOK_URI: {value: {{ include "emporion.address" (list $root "payment-service" 8084) }}/v1/webhooks/sandbox}
EMPORION_SANDBOX_WEBHOOK_SECRET: {{ include "emporion.fromSecret" (list $own "webhook-secret") }}
{{- end }}
{{- if and (has "mail" $needs) $root.Values.mail.host $root.Values.mail.existingSecret }}
EMPORION_SMTP_USERNAME: {{ include "emporion.fromSecret" (list $root.Values.mail.existingSecret "mail-username") }}
EMPORION_SMTP_PASSWORD: {{ include "emporion.fromSecret" (list $root.Values.mail.existingSecret "mail-password") }}
{{- end }}
{{- end }}

{{/*
The environment of a service's container, each name once: the settings' variables win over the chart's and stand behind them,
so that $(NAME) in one of them finds what it names: (list $ service settings).
*/}}
{{- define "emporion.env" -}}
{{- $further := (index . 2).env | default dict }}
{{- range $name, $source := include "emporion.environment" . | fromYaml }}
{{- if kindIs "invalid" (get $further $name | default nil) }}
- name: {{ $name }}
  {{- toYaml $source | nindent 2 }}
{{- end }}
{{- end }}
{{- range $name, $value := $further }}
{{- if kindIs "map" $value }}
- name: {{ $name | quote }}
  {{- toYaml $value | nindent 2 }}
{{- else if not (kindIs "invalid" $value) }}
- {name: {{ $name | quote }}, value: {{ include "emporion.text" $value | quote }}}
{{- end }}
{{- end }}
{{- end }}

{{/* One variable out of a Secret: (list secret key). */}}
{{- define "emporion.fromSecret" -}}
{valueFrom: {secretKeyRef: {name: {{ index . 0 | quote }}, key: {{ index . 1 }}}}}
{{- end }}
