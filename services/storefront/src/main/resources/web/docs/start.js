// Swagger UI is no module: it leaves its function behind in the window.
const specification = '/openapi';
const api = document.getElementById('api');

/**
 * A heading of the second level between the title and the groups of operations, which have the third; no choice of servers, of which
 * there is one: where this page comes from; and no links within the buttons that open operations.
 */
const tidied = () => ({
  wrapComponents: {
    operations: (Operations, { React }) => (props) =>
      React.createElement('section', null, React.createElement('h2', { className: 'unseen' }, 'Operations'), React.createElement(Operations, props)),
    ServersContainer: () => () => null,
    DeepLink: (Link, { React }) => ({ text }) => React.createElement('span', null, text),
  },
});

/** Tables of answers are tables, and their first rows are headings; what stands beside the operations has landmarks of its own. */
function mend() {
  for (const about of api.querySelectorAll('.information-container:not([role])')) landmark(about, 'region', 'About the API');
  for (const filter of api.querySelectorAll('.filter-container:not([role])')) landmark(filter, 'search', 'Operations');
  for (const table of api.querySelectorAll('table[role=region]')) table.removeAttribute('role');
  for (const cell of api.querySelectorAll('td.col_header:not([role])')) cell.setAttribute('role', 'columnheader');
}

function landmark(element, role, label) {
  element.setAttribute('role', role);
  element.setAttribute('aria-label', label);
}

new MutationObserver(mend).observe(api, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: specification,
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  plugins: [tidied],
  displayRequestDuration: true,
  // The document is ours; nothing is asked of another host.
  validatorUrl: null,
  // Requests go to the shop that this page comes from, wherever that is.
  responseInterceptor: (response) => {
    if (new URL(response.url, location.href).pathname === specification && typeof response.text === 'string') {
      response.text = response.text.replace('http://127.0.0.1:8080', location.origin);
    }
    return response;
  },
});
