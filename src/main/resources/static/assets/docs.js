SwaggerUIBundle({
	url: "/v3/api-docs",
	dom_id: "#docs",
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
