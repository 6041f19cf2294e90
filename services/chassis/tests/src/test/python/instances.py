"""Finds an instance at a Consul agent, registers another one and takes a third one back."""

import sys

import consul

port, name, ready = int(sys.argv[1]), sys.argv[2], sys.argv[3]
agent = consul.Consul(host="127.0.0.1", port=port)

index, found = agent.health.service(name, passing=True)
assert [entry["Service"]["Port"] for entry in found] == [8082], found
assert found[0]["Service"]["Tags"] == ["version=1.0"], found
assert found[0]["Checks"][0]["Status"] == "passing", found

check = consul.Check.http(ready, interval="10s", timeout="2s", deregister="1m")
assert agent.agent.service.register(name, service_id=name + "-python", address="127.0.0.1", port=8998, check=check)
next_index, found = agent.health.service(name, passing=True, index=index, wait="20s")
assert int(next_index) > int(index), (index, next_index)
while len(found) < 2:  # it is critical until it has been asked
    next_index, found = agent.health.service(name, passing=True, index=next_index, wait="20s")
assert sorted(entry["Service"]["Port"] for entry in found) == [8082, 8998], found

# The library's own function sends GET, which agents have refused since version 1.0.
assert not agent.agent.service.deregister(name + "-python")
assert agent.http.put(consul.base.CB.bool(), "/v1/agent/service/deregister/" + name + "-python")
_, found = agent.health.service(name, passing=True)
assert [entry["Service"]["Port"] for entry in found] == [8082], found

assert agent.agent.service.register(name, service_id=name + "-other", address="127.0.0.1", port=8999)
assert {one["Service"] for one in agent.agent.services().values()} == {name}
_, catalogue = agent.catalog.service(name)
assert sorted(one["ServicePort"] for one in catalogue) == [8082, 8999], catalogue
