// Swagger UI is no module: it leaves its function behind in the window.
const document = '/openapi';

window.SwaggerUIBundle({
  url: document,
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  displayRequestDuration: true,
  // The document is ours; nothing is asked of another host.
  validatorUrl: null,
  // Requests go to the shop that this page comes from, wherever that is.
  responseInterceptor: (response) => {
    if (new URL(response.url, location.href).pathname === document && typeof response.text === 'string') {
      response.text = response.text.replace('http://127.0.0.1:8080', location.origin);
    }
    return response;
  },
});
