package microapp.packages

import rego.v1

deny contains reason if {
	some part in input.sbom.components
	rule := data.blocked[package_of(part)]
	not is_safe(part, rule)
	reason := sprintf("Blocked package: %s %s (%s). %s", [part.name, version_of(part), rule.why, advice(rule)])
}

package_of(part) := split(split(part.purl, "@")[0], "?")[0] if is_string(part.purl)

version_of(part) := part.version if part.version != null

version_of(part) := "of unknown version" if part.version == null

# A version that cannot be compared is not known to be safe.
is_safe(part, rule) if {
	is_string(part.version)
	semver.is_valid(part.version)
	semver.compare(part.version, rule.safe_from) >= 0
}

advice(rule) := sprintf("Update it to %s or later.", [rule.safe_from]) if rule.safe_from

advice(rule) := "Remove it." if not rule.safe_from
