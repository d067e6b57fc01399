package microapp.tags

import rego.v1

deny contains reason if {
	not regex.match(`^[0-9]{6}$`, input.app.cost_centre)
	reason := sprintf("The cost centre “%s” does not have six digits. Choose one from the list.", [input.app.cost_centre])
}

deny contains reason if {
	input.app.audience_size > data.tags_from_audience
	some tag in data.mandatory_tags
	object.get(input.app.tags, tag, "") == ""
	reason := sprintf("The tag “%s” is missing. Add it on the app's edit page.", [tag])
}
