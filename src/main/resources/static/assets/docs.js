// What may be left out stays out of a request until somebody fills it in: the page would send every example as a filter,
// and every default as if it had been asked for. Both are told in words instead.
function tellInsteadOfFillingIn(parameter) {
	if (parameter.in !== "query" || parameter.required) {
		return parameter;
	}
	const { example, schema = {}, description = "", ...rest } = parameter;
	const { default: usual, ...type } = schema;
	const words = [description];
	if (example !== undefined && !schema.enum) {
		words.push("For example `" + example + "`.");
	}
	if (usual !== undefined) {
		words.push("Left out it is `" + usual + "`.");
	}
	return { ...rest, description: words.filter(Boolean).join(" "), schema: type };
}

function eachParameter(node, change) {
	if (Array.isArray(node)) {
		return node.map((child) => eachParameter(child, change));
	}
	if (node === null || typeof node !== "object") {
		return node;
	}
	const copy = Object.fromEntries(Object.entries(node).map(([name, child]) => [name, eachParameter(child, change)]));
	return (typeof copy.in === "string" && typeof copy.name === "string") ? change(copy) : copy;
}

const HelpfulParameters = () => ({
	statePlugins: {
		spec: {
			wrapActions: {
				updateJsonSpec: (update) => (description) => update(eachParameter(description, tellInsteadOfFillingIn))
			}
		}
	}
});

SwaggerUIBundle({
	url: "/v3/api-docs",
	dom_id: "#docs",
	plugins: [HelpfulParameters],
	deepLinking: true,
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	docExpansion: "list",
	filter: true,
	showCommonExtensions: true,
	showExtensions: true,
	tryItOutEnabled: true,
	validatorUrl: null
});
