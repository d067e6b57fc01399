package microapp.connectors

import rego.v1

deny contains reason if {
	some connector in input.request.connectors
	connector.status in {"blocked", "declined"}
	reason := sprintf("The connector “%s” is %s. Choose another one.", [connector.name, connector.status])
}

deny contains reason if {
	some connector in input.request.connectors
	connector.status == "approved"
	not input.app.data_classification in connector.data_classes
	reason := sprintf(
		"The connector “%s” may not carry %s data. Choose another one, or leave such data out.",
		[connector.name, input.app.data_classification],
	)
}
