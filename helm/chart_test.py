#!/usr/bin/env python3
"""What the chart makes of values, read as YAML: helm/test chart runs it. HELM and CHECK are the cluster kit's commands."""

import copy
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

HERE = os.path.dirname(os.path.realpath(__file__))
CHART = os.path.join(HERE, "emporion")
HELM = os.environ.get("HELM", "helm")
CHECK = os.environ.get("CHECK")
SERVICES = "gateway user-service product-service order-service payment-service notification-service storefront".split()
SANDBOX = {"payment": {"provider": "sandbox"}}
SERVICE_NAME = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
RULES = sorted(glob.glob(os.path.join(CHART, "rules", "*.yaml")))
DASHBOARDS = sorted(glob.glob(os.path.join(CHART, "dashboards", "*.json")))
PROMTOOL = shutil.which("promtool")
LABEL = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")


def merged(one, other):
    both = copy.deepcopy(one)
    for name, value in other.items():
        both[name] = merged(both[name], value) if isinstance(value, dict) and isinstance(both.get(name), dict) else value
    return both


def helm(*arguments):
    return subprocess.run([HELM, *arguments], capture_output=True, text=True, check=False)


def template(values, release="shop", chart=CHART):
    """What Helm prints; what it refuses is an AssertionError with its words."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump(values, file)
        file.flush()
        done = helm("template", release, chart, "--namespace", "market", "--values", file.name)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


class NoTwice(yaml.SafeLoader):
    """YAML in which a name stands once in a map: a server takes the last one of two, or none."""

    def construct_mapping(self, node, deep=False):
        names = [name.value for name, _ in node.value]
        if len(names) != len(set(names)):
            raise AssertionError(f"a name stands twice in a map: {sorted(names)}")
        return super().construct_mapping(node, deep)


def objects(values=None, release="shop", chart=CHART):
    """What is rendered, by kind and name; two objects of one kind and name are one too many."""
    rendered = {}
    for made in yaml.load_all(template(merged(SANDBOX, values or {}), release, chart), NoTwice):
        if made:
            key = made["kind"], made["metadata"]["name"]
            assert key not in rendered, f"rendered twice: {key}"
            rendered[key] = made
    return rendered


def pod(rendered, service, release="shop"):
    return rendered["Deployment", f"{release}-{service}"]["spec"]["template"]


def container(rendered, service, release="shop"):
    return pod(rendered, service, release)["spec"]["containers"][0]


def environment(rendered, service, release="shop"):
    variables = container(rendered, service, release)["env"]
    names = [variable["name"] for variable in variables]
    assert len(names) == len(set(names)), f"a variable stands twice: {names}"
    return {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in variables}


def settings(rendered, release="shop"):
    return rendered["ConfigMap", release]["data"]


def policy(rendered, name, release="shop"):
    return rendered["NetworkPolicy", f"{release}-{name}"]["spec"]


def existing_secrets(values, path=()):
    """Each value that is called existingSecret, set."""
    found = {}
    for name, value in values.items():
        if name == "existingSecret":
            found[name] = "-".join(("my", *path))
        elif isinstance(value, dict):
            below = existing_secrets(value, (*path, name))
            if below:
                found[name] = below
    return found


def read_secrets(rendered):
    """The names of the Secrets that pods read."""
    names = set()

    def look(node):
        if isinstance(node, dict):
            if "secretKeyRef" in node:
                names.add(node["secretKeyRef"]["name"])
            if "secretName" in node:
                names.add(node["secretName"])
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    for made in rendered.values():
        look(made)
    return names


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rules():
    """Each rule of the files, records and alerts."""
    return [rule for path in RULES for group in yaml.load(read(path), NoTwice)["groups"] for rule in group["rules"]]


def dashboards():
    return {os.path.basename(path): json.loads(read(path)) for path in DASHBOARDS}


def queries():
    """Each query of each dashboard."""
    return [target["expr"] for dashboard in dashboards().values() for panel in dashboard["panels"] for target in panel.get("targets", [])]


def metrics(query):
    """The names of the metrics in a query: what is neither a text, a selector, a range, a list of labels, a function nor an operator."""
    rest = re.sub(r"\b(by|without|on|ignoring)\s*\([^)]*\)", "", re.sub(r'"[^"]*"', "", query))
    rest = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", rest)
    return set(re.findall(r"(?<![\w.])[a-z_:][\w:]*\b(?!\s*\()", rest)) - {"and", "or", "unless"}


def promtool(*arguments):
    return subprocess.run([PROMTOOL, *arguments], capture_output=True, text=True, check=False)


class Chart(unittest.TestCase):
    rendered = []

    @classmethod
    def tearDownClass(cls):
        """All that is to be valid at once: the check takes its time to start."""
        if CHECK:
            done = subprocess.run([CHECK, "-"], input="\n---\n".join(cls.rendered), capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr

    def refused(self, word, values, release="shop"):
        with self.assertRaises(AssertionError) as refusal:
            template(values, release)
        self.assertIn(word, str(refusal.exception))

    def valid(self, text):
        self.rendered.append(text)

    def legal(self, rendered):
        for (kind, name), made in rendered.items():
            self.assertRegex(name, SERVICE_NAME, kind)
            self.assertLessEqual(len(name), 63, name)
            if kind == "Service":
                self.assertTrue(SERVICE_NAME.fullmatch(name), name)
            for value in made["metadata"]["labels"].values():
                self.assertIsInstance(value, str)
                self.assertTrue(LABEL.fullmatch(value), value)

    def test_what_the_environments_render_is_valid(self):
        for name in "test", "staging", "production":
            with open(os.path.join(HERE, "../env", name, "values.yaml"), encoding="utf-8") as file:
                self.valid(template(merged(yaml.safe_load(file), {"payment": {"provider": "acquirer"}})))

    def test_what_can_be_turned_on_is_valid(self):
        self.valid(template(merged(SANDBOX, {
            "ingress": {"enabled": True, "host": "*.shop.example", "className": "nginx", "tlsSecret": "tls", "annotations": {"a/b": True}},
            "httpRoute": {"enabled": True, "parentRefs": [{"name": "public"}], "hostnames": ["shop.example"]},
            "serviceMonitor": {"enabled": True}, "prometheusRule": {"enabled": True}, "dashboards": {"enabled": True}, "defaults": {"autoscaling": {"enabled": True}},
            "gateway": {"service": {"type": "LoadBalancer", "nodePort": 30080, "externalTrafficPolicy": "Local", "loadBalancerSourceRanges": ["192.0.2.0/24"]}},
            "mail": {"host": "smtp", "existingSecret": "mail"}, "accounts": {"shopper": {"enabled": True}}})))

    # --- secrets

    def test_nothing_is_random_where_each_secret_comes_from_outside(self):
        with open(os.path.join(CHART, "values.yaml"), encoding="utf-8") as file:
            outside = existing_secrets(yaml.safe_load(file))
        self.assertGreaterEqual(len(outside), 5)
        for more in {}, {"database": {"host": "db"}, "broker": {"uri": "amqps://mq"}, "mail": {"host": "smtp"}}:
            values = merged(merged(SANDBOX, outside), more)
            self.assertEqual(template(values), template(values))
            rendered = objects(values)
            self.assertEqual([], [key for key in rendered if key[0] == "Secret"])
            self.assertEqual([], [name for name in read_secrets(rendered) if not name.startswith("my-")])

    def test_a_secret_from_outside_is_what_the_pods_inside_get_too(self):
        rendered = objects({"database": {"existingSecret": "mine"}, "broker": {"existingSecret": "yours"}})
        for name, secret in {"postgresql": "mine", "broker": "yours"}.items():
            read = read_secrets({"": rendered["StatefulSet", f"shop-{name}"]})
            self.assertEqual({secret}, read)
        kept = rendered["Secret", "shop-secrets"]["data"]
        self.assertNotIn("broker-password", kept)
        self.assertNotIn("postgresql-password", kept)
        self.assertIn("links-key", kept)

    # --- umbrella charts

    def umbrella(self, aliases, values, release="mall"):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "Chart.yaml"), "w", encoding="utf-8") as file:
                dependency = {"name": "emporion", "version": "1.0.0", "repository": f"file://{CHART}"}
                dependencies = [{**dependency, "alias": it, "condition": f"{it}.enabled", "tags": ["shops"]} for it in aliases]
                yaml.safe_dump({"apiVersion": "v2", "name": "mall", "version": "1.0.0", "dependencies": dependencies}, file)
            done = helm("dependency", "update", folder)
            self.assertEqual(0, done.returncode, done.stderr)
            return objects({"payment": {}, **values}, release, folder)

    def test_two_shops_in_one_umbrella_have_nothing_in_common(self):
        for aliases, release in (("east", "west"), "mall"), (("shopEu", "shop_us"), "m" * 53):
            one, two = aliases
            chosen = {it: {"enabled": True, **SANDBOX} for it in aliases}
            rendered = self.umbrella(aliases, {"global": {"domain": "example.org"}, "tags": {"shops": True}, **chosen}, release)
            self.legal(rendered)
            self.valid(yaml.safe_dump_all(rendered.values()))
            shops = {}
            for key, made in rendered.items():
                shops.setdefault(made["metadata"]["labels"].get("app.kubernetes.io/instance"), {})[key] = made
            del shops[None]
            self.assertEqual(2, len(shops), list(shops))
            prefixes = [next(name for kind, name in shop if kind == "Service" and name.endswith("-gateway"))[: -len("gateway")] for shop in shops.values()]
            names = [name + "-" for _, name in rendered]
            self.assertEqual([], [name for name in names if not name.startswith(tuple(prefixes))], (one, two))
            for shop, other in zip(prefixes, reversed(prefixes)):
                own = yaml.safe_dump([made for (_, name), made in rendered.items() if f"{name}-".startswith(shop)])
                self.assertNotIn(other, own)
            selectors = [str(made["spec"]["selector"]) for (kind, _), made in rendered.items() if kind in ("Service", "Deployment", "StatefulSet")]
            self.assertEqual(18 * 2, len(selectors))
            self.assertEqual(18, len({re.sub(r"'matchLabels': |[{}]", "", it) for it in selectors}))

    def test_a_shop_that_is_not_enabled_is_not_there(self):
        rendered = self.umbrella(("east", "west"), {"east": {"enabled": False}, "west": SANDBOX})
        self.assertEqual({"mall-west-gateway"}, {name for kind, name in rendered if kind == "Service" and name.endswith("gateway")})

    # --- names

    def test_names_are_legal_whatever_the_release_is_called(self):
        for release in "my.shop", "7shop", "1", "on", "1e3", "a" * 53, "a" * 40 + ".b", "shop-" * 10 + "abc":
            with self.subTest(release):
                rendered = objects({"ingress": {"enabled": True, "host": "shop.example"}}, release)
                self.legal(rendered)
                self.valid(template(SANDBOX, release))
        self.assertEqual({"shop"}, {name for kind, name in objects() if kind == "ConfigMap"})

    def test_long_names_that_differ_at_their_end_differ(self):
        self.assertEqual(set(), set(objects(release="a" * 52 + "1")) & set(objects(release="a" * 52 + "2")))
        self.assertEqual(set(), set(objects(release="my.shop")) & set(objects(release="my-shop")))

    # --- settings of services

    def test_variables_are_merged_and_stand_once(self):
        rendered = objects(
            {
                "defaults": {"env": {"ONE": "all", "TWO": "all", "BIG": 12345678, "HALF": 0.5, "ON": True}, "javaOptions": "-Xint"},
                "services": {"order-service": {"env": {
                    "TWO": "own", "ONE": None, "EMPORION_DATABASE_URL": "jdbc:h2:mem:x", "JDK_JAVA_OPTIONS": "-Xshare:off",
                    "EMPORION_CLIENT_SECRET": {"valueFrom": {"secretKeyRef": {"name": "mine", "key": "key"}}}}}},
            })
        own, other = environment(rendered, "order-service"), environment(rendered, "user-service")
        self.assertEqual("own", own["TWO"])
        self.assertNotIn("ONE", own)
        self.assertEqual(["12345678", "0.5", "true"], [own["BIG"], own["HALF"], own["ON"]])
        self.assertEqual("jdbc:h2:mem:x", own["EMPORION_DATABASE_URL"])
        self.assertEqual("-Xshare:off", own["JDK_JAVA_OPTIONS"])
        self.assertEqual({"secretKeyRef": {"name": "mine", "key": "key"}}, own["EMPORION_CLIENT_SECRET"])
        self.assertEqual(["all", "all"], [other["ONE"], other["TWO"]])

    def test_options_of_the_runtime_are_no_variable_that_it_would_tell_of(self):
        rendered = objects({"defaults": {"javaOptions": " -Xint  -Dx=$(y) "}, "services": {"order-service": {"javaOptions": None}}})
        start = ["-cp", "@/app/jib-classpath-file", "@/app/jib-main-class-file"]
        self.assertEqual(["java", "@/app/java-options", "-Xint", "-Dx=$(y)", *start], container(rendered, "user-service")["command"])
        self.assertNotIn("command", container(rendered, "order-service"))
        broker = rendered["StatefulSet", "shop-broker"]["spec"]["template"]["spec"]["containers"][0]
        self.assertEqual(start, broker["command"][-3:])
        for made in rendered.values():
            self.assertNotIn("JDK_JAVA_OPTIONS", str(made))

    def test_labels_and_annotations_of_ones_own_never_replace_ours(self):
        labels = {"app.kubernetes.io/name": "mine", "app.kubernetes.io/instance": "mine", "helm.sh/chart": "mine", "team": "a", "tier": 1, "none": None}
        rendered = objects(
            {
                "defaults": {"podLabels": labels, "podAnnotations": {"emporion/settings": "mine", "prometheus.io/port": 9183}},
                "services": {"storefront": {"podLabels": {"team": "b"}}},
                "serviceMonitor": {"enabled": True, "labels": {"app.kubernetes.io/part-of": "mine", "release": "prometheus"}},
            })
        for service in SERVICES:
            metadata = pod(rendered, service)["metadata"]
            chosen = rendered["Deployment", f"shop-{service}"]["spec"]["selector"]["matchLabels"]
            self.assertEqual(chosen, {name: metadata["labels"][name] for name in chosen})
            self.assertNotEqual("mine", metadata["labels"]["helm.sh/chart"])
            self.assertNotEqual("mine", metadata["annotations"]["emporion/settings"])
            self.assertEqual("9183", metadata["annotations"]["prometheus.io/port"])
            self.assertEqual(("b" if service == "storefront" else "a", "1"), (metadata["labels"]["team"], metadata["labels"]["tier"]))
            self.assertNotIn("none", metadata["labels"])
        monitor = rendered["ServiceMonitor", "shop-order-service"]["metadata"]["labels"]
        self.assertEqual(("emporion", "prometheus"), (monitor["app.kubernetes.io/part-of"], monitor["release"]))

    def test_an_own_setting_wins_also_where_it_is_off_zero_or_empty(self):
        rendered = objects(
            {
                "defaults": {"autoscaling": {"enabled": True}, "maxUnavailable": 2, "priorityClassName": "high", "nodeSelector": {"disk": "ssd"}},
                "services": {
                    "storefront": {"autoscaling": {"enabled": False}, "replicas": 0, "spreadOver": [], "maxUnavailable": None,
                                   "priorityClassName": "", "nodeSelector": {"disk": None, "gpu": True}},
                    "gateway": None,
                },
            })
        self.assertNotIn(("HorizontalPodAutoscaler", "shop-storefront"), rendered)
        self.assertNotIn(("PodDisruptionBudget", "shop-storefront"), rendered)
        self.assertIn(("HorizontalPodAutoscaler", "shop-gateway"), rendered)
        self.assertEqual(0, rendered["Deployment", "shop-storefront"]["spec"]["replicas"])
        spec = pod(rendered, "storefront")["spec"]
        self.assertEqual({"gpu": "true"}, spec["nodeSelector"])
        self.assertNotIn("topologySpreadConstraints", spec)
        self.assertNotIn("priorityClassName", spec)
        self.assertEqual("high", pod(rendered, "gateway")["spec"]["priorityClassName"])

    def test_null_takes_away_what_is_not_needed(self):
        nothing = dict.fromkeys("env podAnnotations podLabels serviceAccountAnnotations volumes volumeMounts nodeSelector tolerations affinity "
                                "spreadOver egress javaOptions priorityClassName resources maxUnavailable".split())
        for values in ({"services": dict.fromkeys(SERVICES, nothing)}, {"defaults": nothing}, {"services": dict.fromkeys(SERVICES)},
                       {"services": None}, {"image": {"pullSecrets": None, "tag": None, "registry": None, "digests": None}, "url": None},
                       {"gateway": {"hosts": None, "trustedProxies": None, "corsOrigins": None, "tlsSecret": None}},
                       {"networkPolicy": {"dnsPorts": None, "gatewayFrom": None, "metricsFrom": None}, "tls": {"serverSecret": None}},
                       {"defaults": {"resources": {"limits": None}}}, {"services": {"gateway": {"resources": {"requests": {"cpu": None}}}}},
                       {"database": {"host": None, "existingSecret": None, "inside": {"storageClass": None, "resources": None}}}):
            with self.subTest(values):
                self.valid(template(merged(SANDBOX, values)))

    def test_null_where_something_is_needed_is_refused_by_name(self):
        self.refused("port", merged(SANDBOX, {"database": {"port": None}}))
        self.refused("gateway", merged(SANDBOX, {"gateway": None}))
        self.refused("replicas", merged(SANDBOX, {"services": {"gateway": {"replicas": None}}}))

    def test_quantities_are_those_of_kubernetes(self):
        resources = {"requests": {"cpu": 0.5, "memory": "1Ti", "ephemeral-storage": 1073741824, "example.org/gpu": "1"},
                     "limits": {"cpu": "1500m", "memory": "2.5E", "ephemeral-storage": "2.5Gi"}}
        rendered = objects({"services": {"gateway": {"resources": resources}}, "database": {"inside": {"size": "1Ti", "resources": {"limits": {"memory": 3e9}}}}})
        made = container(rendered, "gateway")["resources"]
        self.assertEqual({"cpu": "0.5", "memory": "1Ti", "ephemeral-storage": "1073741824", "example.org/gpu": "1"}, made["requests"])
        self.assertEqual({"cpu": "1500m", "memory": "2.5E", "ephemeral-storage": "2.5Gi"}, made["limits"])
        database = rendered["StatefulSet", "shop-postgresql"]["spec"]
        self.assertEqual("1Ti", database["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"])
        self.assertEqual("3000000000", database["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"])
        for wrong in "1 Gi", "Gi", "1gb", "-1", "1KiB", "":
            self.refused("memory", merged(SANDBOX, {"services": {"gateway": {"resources": {"limits": {"memory": wrong}}}}}))
        for request in "321Mi", "1Gi", "0.4Gi", 400000000, "1e9":
            self.refused("services.gateway.resources", merged(SANDBOX, {"services": {"gateway": {"resources": {"requests": {"memory": request}}}}}))

    def test_volumes_pull_secrets_digests_and_accounts_of_ones_own(self):
        digest = "sha256:" + "0" * 64
        rendered = objects(
            {
                "image": {"registry": "registry.example.org:5000/shop/", "tag": 1234567, "pullSecrets": ["one", {"name": "two"}], "digests": {"order-service": digest, "postgresql": digest}},
                "defaults": {"serviceAccountAnnotations": {"eks.amazonaws.com/role-arn": "arn"}},
                "services": {"order-service": {"volumes": [{"name": "x", "emptyDir": {}}], "volumeMounts": [{"name": "x", "mountPath": "/x"}]}},
            })
        self.valid(yaml.safe_dump_all(rendered.values()))
        own = container(rendered, "order-service")
        self.assertEqual(f"registry.example.org:5000/shop/emporion/order-service:1234567@{digest}", own["image"])
        self.assertTrue(container(rendered, "gateway")["image"].endswith("/gateway:1234567"))
        self.assertIn({"name": "x", "mountPath": "/x"}, own["volumeMounts"])
        self.assertEqual("arn", rendered["ServiceAccount", "shop-gateway"]["metadata"]["annotations"]["eks.amazonaws.com/role-arn"])
        for (kind, _), made in rendered.items():
            if kind in ("Deployment", "StatefulSet", "Pod"):
                spec = made["spec"] if kind == "Pod" else made["spec"]["template"]["spec"]
                self.assertEqual([{"name": "one"}, {"name": "two"}], spec["imagePullSecrets"])

    # --- addresses

    def test_the_gateways_port_stands_in_its_address(self):
        for gateway, address in (({}, "http://shop-gateway.market.svc"),
                                 ({"service": {"port": 8080}}, "http://shop-gateway.market.svc:8080"),
                                 ({"service": {"port": 443}}, "http://shop-gateway.market.svc:443"),
                                 ({"service": {"port": 443}, "tlsSecret": "tls"}, "https://shop-gateway.market.svc"),
                                 ({"tlsSecret": "tls"}, "https://shop-gateway.market.svc:80")):
            rendered = objects({"gateway": gateway})
            self.assertEqual(address, settings(rendered)["MP_JWT_VERIFY_ISSUER"])
            self.assertEqual(address + "/", settings(rendered)["EMPORION_SHOP_URI"])
            test = rendered["Pod", "shop-test"]["spec"]["containers"][0]["env"][0]
            self.assertEqual(address.replace(".market.svc", ""), test["value"])

    def test_the_ingress_is_the_address_where_none_is_given(self):
        ingress = {"enabled": True, "host": "shop.example"}
        self.assertEqual("http://shop.example", settings(objects({"ingress": ingress}))["MP_JWT_VERIFY_ISSUER"])
        rendered = objects({"ingress": {**ingress, "tlsSecret": "tls"}, "gateway": {"hosts": ["other.example"]}})
        self.assertEqual("https://shop.example/", settings(rendered)["EMPORION_SHOP_URI"])
        self.assertEqual({"other.example", "shop.example", "shop-gateway", "shop-gateway.market", "shop-gateway.market.svc", "shop-gateway.market.svc.cluster.local"},
                         set(settings(rendered)["EMPORION_GATEWAY_HOSTS"].split(",")))
        rendered = objects({"url": "https://shop.example:8443/", "ingress": ingress})
        self.assertEqual("https://shop.example:8443", settings(rendered)["MP_JWT_VERIFY_ISSUER"])

    def test_services_of_ipv6(self):
        rendered = objects({"listenAddress": "::", "database": {"host": "2001:db8::1", "existingSecret": "db"}, "gateway": {"service": {"ipFamilyPolicy": "PreferDualStack"}}})
        self.valid(yaml.safe_dump_all(rendered.values()))
        self.assertEqual("::", settings(rendered)["SERVER_HOST"])
        self.assertEqual("jdbc:postgresql://[2001:db8::1]:5432/order_service", environment(rendered, "order-service")["EMPORION_DATABASE_URL"])

    # --- who may call whom

    def test_names_are_asked_for_at_the_ports_of_the_clusters(self):
        def ports(rendered):
            return {port["port"] for port in policy(rendered, "order-service")["egress"][0]["ports"]}

        self.assertEqual({53, 5353, 8053}, ports(objects()))
        self.assertEqual({1053}, ports(objects({"networkPolicy": {"dnsPorts": [1053]}})))

    def test_further_egress(self):
        rule = {"to": [{"ipBlock": {"cidr": "192.0.2.1/32"}}], "ports": [{"port": 443, "protocol": "TCP"}]}
        rendered = objects({"services": {"payment-service": {"egress": [rule]}}})
        self.assertIn(rule, policy(rendered, "payment-service")["egress"])
        self.assertNotIn(rule, policy(rendered, "order-service")["egress"])
        rendered = objects({"defaults": {"egress": [rule]}})
        self.assertTrue(all(rule in policy(rendered, service)["egress"] for service in SERVICES))

    def test_who_may_reach_the_gateway_is_joined_by_the_test(self):
        peer = {"namespaceSelector": {"matchLabels": {"name": "ingress"}}}
        rendered = objects({"networkPolicy": {"gatewayFrom": [peer]}})
        entry = policy(rendered, "gateway")["ingress"][0]["from"]
        test = rendered["Pod", "shop-test"]["metadata"]["labels"]
        self.assertEqual(peer, entry[0])
        self.assertEqual([True], [wanted["podSelector"]["matchLabels"].items() <= test.items() for wanted in entry[1:]])
        self.assertNotIn("from", policy(objects(), "gateway")["ingress"][0])

    def test_the_brokers_metrics_can_be_read(self):
        rendered = objects({"serviceMonitor": {"enabled": True}})
        self.assertIn(("PodMonitor", "shop-broker"), rendered)
        self.assertIn("health", [port["port"] for rule in policy(rendered, "broker")["ingress"] for port in rule["ports"]])

    def test_who_is_read_is_known_by_the_services_name(self):
        rendered = objects({"serviceMonitor": {"enabled": True}})
        monitors = {name: made["spec"] for (kind, name), made in rendered.items() if kind in ("ServiceMonitor", "PodMonitor")}
        self.assertEqual({f"shop-{name}" for name in SERVICES + ["broker"]}, set(monitors))
        self.assertEqual({"app.kubernetes.io/name"}, {spec["jobLabel"] for spec in monitors.values()})

    # --- alerts and dashboards

    def test_there_are_no_alerts_and_dashboards_unless_somebody_wants_them(self):
        self.assertEqual([], [key for key in objects() if key[0] == "PrometheusRule" or "dashboard" in key[1]])

    def test_rules_are_what_their_files_say(self):
        rendered = objects({"prometheusRule": {"enabled": True, "labels": {"release": "prometheus"}, "runbook": "https://wiki.example.org/shop"}})
        self.assertEqual(2, len(RULES))
        for path in RULES:
            made = rendered["PrometheusRule", f"shop-{os.path.basename(path)[:-5]}"]
            self.assertEqual(("emporion", "prometheus"), (made["metadata"]["labels"]["app.kubernetes.io/part-of"], made["metadata"]["labels"]["release"]))
            self.assertEqual(yaml.safe_load(read(path).replace("RUNBOOK.md", "https://wiki.example.org/shop")), made["spec"])

    def test_each_alert_links_to_its_section_of_the_runbook_and_each_section_has_one(self):
        sections = set(re.findall("^## (.*)$", read(os.path.join(CHART, "RUNBOOK.md")), re.MULTILINE))
        alerts = [rule for rule in rules() if "alert" in rule]
        self.assertEqual(sections, {rule["alert"] for rule in alerts})
        for rule in alerts:
            self.assertEqual({"summary", "description", "runbook_url"}, set(rule["annotations"]), rule["alert"])
            self.assertEqual(f"RUNBOOK.md#{rule['alert'].lower()}", rule["annotations"]["runbook_url"])
            self.assertIn(rule["labels"]["severity"], ("page", "ticket"), rule["alert"])

    @unittest.skipUnless(PROMTOOL, "promtool is not installed (Debian's prometheus)")
    def test_each_alert_is_raised_and_not_raised_in_a_test_of_its_rules(self):
        checks = [promtool("check", "rules", *RULES), promtool("test", "rules", os.path.join(HERE, "rules_test.yaml"))]
        for done in checks:
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        tried = [it for test in yaml.safe_load(read(os.path.join(HERE, "rules_test.yaml")))["tests"] for it in test["alert_rule_test"]]
        for raised in True, False:
            self.assertEqual({rule["alert"] for rule in rules() if "alert" in rule}, {it["alertname"] for it in tried if bool(it.get("exp_alerts")) == raised})

    def test_dashboards_are_what_their_files_say(self):
        rendered = objects({"dashboards": {"enabled": True, "annotations": {"grafana_folder": "Shop"}, "labels": {"helm.sh/chart": "mine"}}})
        self.assertEqual(5, len(DASHBOARDS))
        for path in DASHBOARDS:
            name = os.path.basename(path)
            made = rendered["ConfigMap", f"shop-dashboard-{name[:-5]}"]
            self.assertEqual("1", made["metadata"]["labels"]["grafana_dashboard"])
            self.assertNotEqual("mine", made["metadata"]["labels"]["helm.sh/chart"])
            self.assertEqual({"grafana_folder": "Shop"}, made["metadata"]["annotations"])
            self.assertEqual({f"emporion-{name}": read(path).rstrip()}, {key: value.rstrip() for key, value in made["data"].items()})

    def test_dashboards_go_with_any_data_source_and_say_what_they_show(self):
        found = dashboards()
        self.assertEqual({f"emporion-{name[:-5]}" for name in found}, {it["uid"] for it in found.values()})
        for name, dashboard in found.items():
            self.assertEqual(["datasource", "namespace"], [it["name"] for it in dashboard["templating"]["list"]][:2], name)
            panels = dashboard["panels"]
            self.assertEqual(len(panels), len({panel["id"] for panel in panels}), name)
            for panel in panels:
                self.assertTrue(panel["title"], name)
                if panel["type"] != "row":
                    self.assertTrue(panel["fieldConfig"]["defaults"]["unit"], panel["title"])
                    self.assertTrue(panel["targets"], panel["title"])
                    self.assertEqual(["${datasource}"] * len(panel["targets"]), [it["datasource"]["uid"] for it in panel["targets"]], panel["title"])

    def test_each_metric_is_chosen_by_its_namespace_and_what_alerts_read_is_shown(self):
        """A running shop has the names: OperatorsIT of the system tests asks it for those before a brace."""
        shown = set().union(*map(metrics, queries()))
        for query in queries():
            self.assertEqual(metrics(query), set(re.findall(r'([\w:]+)\{namespace=~"\$namespace"', query)), query)
        recorded = {rule["record"] for rule in rules() if "record" in rule}
        read_by_rules = set().union(*(metrics(rule["expr"]) for rule in rules()))
        self.assertGreater(len(read_by_rules - recorded), 8)
        self.assertEqual(set(), read_by_rules - recorded - shown)
        self.assertEqual(set(), recorded - read_by_rules)

    @unittest.skipUnless(PROMTOOL, "promtool is not installed (Debian's prometheus)")
    def test_each_query_of_a_dashboard_is_one(self):
        filled = [query.replace("$__rate_interval", "1m").replace("$namespace", ".*").replace("$service", "order-service") for query in queries()]
        self.assertGreater(len(filled), 50)
        self.assertEqual([], [query for query in filled if "$" in query])
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            yaml.safe_dump({"groups": [{"name": "queries", "rules": [{"record": f"query:{i}", "expr": query} for i, query in enumerate(filled)]}]}, file)
            file.flush()
            done = promtool("check", "rules", file.name)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    # --- encryption

    def test_servers_are_believed_by_the_given_authorities(self):
        for ca, volume in (({"existingSecret": "ca"}, {"secret": {"secretName": "ca", "items": [{"key": "ca.crt", "path": "ca.crt"}]}}),
                           ({"existingConfigMap": "ca", "key": "root.pem"}, {"configMap": {"name": "ca", "items": [{"key": "root.pem", "path": "ca.crt"}]}})):
            rendered = objects({"tls": {"ca": ca}})
            self.valid(yaml.safe_dump_all(rendered.values()))
            pods = [pod(rendered, service)["spec"] for service in SERVICES] + [rendered["Pod", "shop-test"]["spec"]]
            for spec in pods:
                self.assertIn({"name": "tls-ca", **volume}, spec["volumes"])
                self.assertIn({"name": "tls-ca", "mountPath": "/etc/emporion/tls", "readOnly": True}, spec["containers"][0]["volumeMounts"])
                self.assertIn({"name": "EMPORION_TLS_CA", "value": "/etc/emporion/tls/ca.crt"}, spec["containers"][0]["env"])
        self.refused("tls.ca", merged(SANDBOX, {"tls": {"ca": {"existingSecret": "a", "existingConfigMap": "b"}}}))

    def test_services_speak_tls_with_a_certificate_each(self):
        rendered = objects({"tls": {"serverSecret": "%s-tls", "ca": {"existingSecret": "ca"}}, "gateway": {"tlsSecret": "public"}})
        self.valid(yaml.safe_dump_all(rendered.values()))
        for service in SERVICES[:-1]:
            secret = "public" if service == "gateway" else f"shop-{service}-tls"
            self.assertIn({"name": "tls-server", "secret": {"secretName": secret}}, pod(rendered, service)["spec"]["volumes"])
            self.assertEqual("/etc/emporion/server/tls.crt", environment(rendered, service)["EMPORION_TLS_CERTIFICATE"])
            self.assertEqual("/etc/emporion/server/tls.key", environment(rendered, service)["EMPORION_TLS_KEY"])
        inside = {name: value for name, value in settings(rendered).items() if "shop-" in value and "_URI" in name or "_LOCATION" in name}
        del inside["EMPORION_BROKER_URI"]
        self.assertEqual("http://shop-storefront:8086", inside.pop("EMPORION_ROUTES_STOREFRONT_URI"))
        self.assertEqual("https://shop-payment-service:8084/v1/webhooks/sandbox", environment(rendered, "payment-service")["EMPORION_SANDBOX_WEBHOOK_URI"])
        self.assertNotIn("EMPORION_TLS_KEY", environment(rendered, "storefront"))
        self.assertEqual([], [name for name, value in inside.items() if not value.startswith("https://")])
        plain = objects()
        self.assertNotIn("EMPORION_TLS_KEY", environment(plain, "order-service"))
        self.assertNotIn("EMPORION_TLS_CA", environment(plain, "order-service"))

    def test_a_rabbitmq_with_tls(self):
        for uri, port in ("amqps://mq.example.org", 5671), ("amqps://mq.example.org:5555", 5555), ("amqp://mq.example.org", 5672), ("amqps://[2001:db8::1]", 5671):
            rendered = objects({"broker": {"uri": uri, "existingSecret": "mq"}, "mail": {"host": "smtp"}})
            self.assertEqual(uri, settings(rendered)["EMPORION_BROKER_URI"])
            self.assertIn(port, [it["port"] for rule in policy(rendered, "order-service")["egress"] for it in rule["ports"]])
            self.assertNotIn(("StatefulSet", "shop-broker"), rendered)
        self.refused("/broker/uri", merged(SANDBOX, {"broker": {"uri": "amqps://user:password@mq.example.org"}}))

    def test_a_mail_server(self):
        told = ("EMPORION_SMTP_STARTTLS", "EMPORION_SMTP_TLS", "EMPORION_SMTP_PORT", "EMPORION_SHOP_CONTACT", "EMPORION_MAIL_SMTPUTF8")

        def mail(values):
            return [settings(objects({"mail": values}))[name] for name in told]

        sender = "Emporion <shop@emporion.example>"
        self.assertEqual(["false", "false", "1025", sender, "false"], mail({}))
        self.assertEqual(["true", "false", "587", sender, "false"], mail({"host": "smtp"}))
        self.assertEqual(["true", "true", "465", "help@shop.example", "true"],
                         mail({"host": "smtp", "port": 465, "tls": True, "contact": "help@shop.example", "smtputf8": True}))

    # --- what can't work

    def test_nobody_sells_for_nothing_without_having_said_so(self):
        self.refused("payment.provider", {})
        with open(os.path.join(HERE, "../env/production/values.yaml"), encoding="utf-8") as file:
            production = yaml.safe_load(file)
        self.refused("payment.provider", production)
        self.assertEqual("acquirer", settings(objects(merged(production, {"payment": {"provider": "acquirer"}})))["EMPORION_PAYMENT_PROVIDER"])
        chosen = objects(merged(production, {"payment": {"provider": "acquirer"}}))
        self.assertNotIn("EMPORION_SANDBOX_WEBHOOK_SECRET", environment(chosen, "payment-service"))
        self.assertIn("EMPORION_SANDBOX_WEBHOOK_SECRET", environment(objects(), "payment-service"))

    def test_the_notes_say_loudly_that_nobody_pays(self):
        notes = ["install", "shop", CHART, "--dry-run=client", "--set"]
        self.assertIn("NOBODY PAYS", helm(*notes, "payment.provider=sandbox").stdout)
        other = helm(*notes, "payment.provider=acquirer")
        self.assertEqual(0, other.returncode, other.stderr)
        self.assertNotIn("NOBODY PAYS", other.stdout)

    def test_what_cannot_work_is_refused_with_a_word(self):
        for word, values in {
            "/services/gateway/replicas": {"services": {"gateway": {"replicas": "many"}}},
            "gatway": {"services": {"gatway": {}}},
            "/image/tag": {"image": {"tag": "latest"}},
            "/image/digests": {"image": {"digests": {"gateway": "sha256:12"}}},
            "/url": {"url": "shop.example.org"},
            "database.existingSecret": {"database": {"host": "db"}},
            "database.parameters": {"database": {"parameters": "sslmode=verify-full"}},
            "broker.existingSecret": {"broker": {"uri": "amqp://mq"}},
            "mail.tls": {"mail": {"tls": True}},
            "broker.username": {"broker": {"username": "me"}},
            "ingress.host": {"ingress": {"enabled": True}},
            "httpRoute.parentRefs": {"httpRoute": {"enabled": True}},
            "autoscaling.minReplicas": {"defaults": {"autoscaling": {"enabled": True, "minReplicas": 7}}},
            "requests.cpu": {"defaults": {"autoscaling": {"enabled": True}, "resources": {"requests": {"cpu": None}}}},
            "stopSeconds": {"services": {"gateway": {"stopSeconds": 5}}},
            "gateway.service.type": {"gateway": {"service": {"nodePort": 30080}}},
            "externalTrafficPolicy": {"gateway": {"service": {"externalTrafficPolicy": "Local"}}},
            "loadBalancerSourceRanges": {"gateway": {"service": {"loadBalancerSourceRanges": ["192.0.2.0/24"]}}},
            "/defaults": {"defaults": {"env": {"1 2": "x"}}},
            "/gateway/service/port": {"gateway": {"service": {"port": 65536}}},
        }.items():
            with self.subTest(word):
                self.refused(word, merged(SANDBOX, values))


if __name__ == "__main__":
    unittest.main()
