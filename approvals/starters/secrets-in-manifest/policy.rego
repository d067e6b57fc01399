package microapp.secrets

import rego.v1

# The reason names the kind and never the secret.
deny contains reason if {
	is_string(input.manifest)
	some kind, pattern in patterns
	regex.match(pattern, input.manifest)
	reason := sprintf("The manifest seems to hold %s. Take it out, and change it: it must count as known.", [kind])
}

patterns := {
	"an AWS access key": `\b(AKIA|ASIA)[0-9A-Z]{16}\b`,
	"a private key": `-----BEGIN [A-Z ]*PRIVATE KEY-----`,
	"a GitHub token": `\bgh[pousr]_[A-Za-z0-9]{36,}\b`,
	"a GitLab token": `\bglpat-[A-Za-z0-9_-]{20,}`,
	"a Slack token": `\bxox[abprs]-[A-Za-z0-9-]{10,}`,
	"a signed token (JWT)": `\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`,
	"a password": `(?im)^[\s-]*["']?(password|passwd|secret|api[_-]?key|token)["']?\s*[:=]\s*["']?[^\s"'$<{]{6,}`,
	"a password in an address": `[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@]{3,}@`,
}
