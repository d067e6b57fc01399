package microapp.sbom

import rego.v1

deny contains reason if {
	input.sbom == null
	some why in needs
	reason := sprintf("A bill of materials (SBOM) is missing: %s. Upload one on the app's page.", [why])
}

deny contains "The bill of materials (SBOM) is empty. Make it anew from the app's source." if {
	count(needs) > 0
	count(input.sbom.components) == 0
}

needs contains sprintf("the app handles %s data", [input.app.data_classification]) if {
	input.app.data_classification in data.sbom_classes
}

needs contains sprintf("more than %d people use it", [data.sbom_audience]) if {
	input.app.audience_size > data.sbom_audience
}
