// Swagger UI is no module: it leaves its function behind in the window.
window.SwaggerUIBundle({
  url: '/openapi',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  displayRequestDuration: true,
  // The document is ours; nothing is asked of another host.
  validatorUrl: null,
});
