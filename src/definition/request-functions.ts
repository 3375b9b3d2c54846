/** The step functions that make HTTP requests with the common parameters: `url`, `method`, `args` … */
export const requestFunctions: ReadonlySet<unknown> = new Set([
  'request',
  'paginated_request',
  'soap_request',
  'soap_paginated_request',
  'download_file',
  'upload_file',
  'upload_binary',
])
