{{/* What can't work is refused with a word that says what to do. */}}
{{- define "emporion.checks" -}}
{{- if not .Values.payment.provider }}
{{- fail "payment.provider must say who takes the customers' money. There is no default: the sandbox takes none, so that everybody can buy with the card tok_visa. For trying out: --set payment.provider=sandbox" }}
{{- end }}
{{- if and .Values.database.host (not .Values.database.existingSecret) }}
{{- fail "database.host is set, so database.existingSecret must name the Secret with the passwords." }}
{{- end }}
{{- if and (not .Values.database.host) (contains "ssl" .Values.database.parameters) }}
{{- fail "database.parameters asks for encryption, which the database inside does not speak: set database.host, or take it out." }}
{{- end }}
{{- if and .Values.broker.uri (not .Values.broker.existingSecret) }}
{{- fail "broker.uri is set, so broker.existingSecret must name the Secret with the password." }}
{{- end }}
{{- if and (not .Values.broker.uri) (ne .Values.broker.username "emporion") }}
{{- fail "broker.username is set, but the broker inside knows emporion alone: set broker.uri, or take it out." }}
{{- end }}
{{- if and .Values.mail.tls (not .Values.mail.host) }}
{{- fail "mail.tls is set, but the mailbox inside speaks no TLS: set mail.host, or take it out." }}
{{- end }}
{{- if and .Values.tls.ca.existingSecret .Values.tls.ca.existingConfigMap }}
{{- fail "tls.ca.existingSecret and tls.ca.existingConfigMap are set: the certificates are in one of them." }}
{{- end }}
{{- if and .Values.gateway.service.nodePort (eq .Values.gateway.service.type "ClusterIP") }}
{{- fail "gateway.service.nodePort is set, so gateway.service.type must be NodePort or LoadBalancer." }}
{{- end }}
{{- if and .Values.gateway.service.externalTrafficPolicy (eq .Values.gateway.service.type "ClusterIP") }}
{{- fail "gateway.service.externalTrafficPolicy is set, so gateway.service.type must be NodePort or LoadBalancer." }}
{{- end }}
{{- if and .Values.gateway.service.loadBalancerSourceRanges (ne .Values.gateway.service.type "LoadBalancer") }}
{{- fail "gateway.service.loadBalancerSourceRanges is set, so gateway.service.type must be LoadBalancer." }}
{{- end }}
{{- $root := . }}
{{- range $service, $component := include "emporion.components" . | fromYaml }}
{{- $settings := include "emporion.settings" (list $root $service) | fromYaml }}
{{- if ge (int $settings.stopDelaySeconds) (int $settings.stopSeconds) }}
{{- fail (printf "services.%s: stopSeconds (%d) must be more than stopDelaySeconds (%d), which are part of them." $service (int $settings.stopSeconds) (int $settings.stopDelaySeconds)) }}
{{- end }}
{{- with $settings.autoscaling }}
{{- if .enabled }}
{{- if gt (int .minReplicas) (int .maxReplicas) }}
{{- fail (printf "services.%s: autoscaling.minReplicas (%d) must not be more than maxReplicas (%d)." $service (int .minReplicas) (int .maxReplicas)) }}
{{- end }}
{{- if not (dig "resources" "requests" "cpu" "" $settings) }}
{{- fail (printf "services.%s: autoscaling goes by the requested CPU, so resources.requests.cpu must be set." $service) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
