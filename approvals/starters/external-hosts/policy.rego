package microapp.hosts

import rego.v1

deny contains reason if {
	some host in input.request.hosts
	not is_allowed(host)
	reason := sprintf("External host not allowed: %s. Use a connector, or ask the C4E to agree to the host.", [host])
}

is_allowed(host) if host in data.allowed_hosts

is_allowed(host) if {
	some pattern in data.allowed_hosts
	startswith(pattern, "*.")
	endswith(host, substring(pattern, 1, -1))
}
