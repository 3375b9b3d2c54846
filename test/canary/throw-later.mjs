// Loaded before the command line: throws whatever a bug could throw, with a secret wherever an error has room for one.
const secret = process.env.CANARY

class LibraryError extends Error {}

function errorWith(message) {
  const cause = Object.assign(new RangeError(`cause ${message}`), {
    config: { headers: { authorization: message } },
  })
  const error = new LibraryError(
    `${message}\n    at ${message} (${message}.js:1:1)\n    at ${message}.js:1:1`,
    { cause },
  )
  return Object.assign(error, { name: message, options: { password: message }, [message]: message })
}

process.on('SIGUSR2', () => {
  Promise.reject(errorWith(secret))
  Promise.reject(secret)
  Promise.reject({
    message: secret,
    get stack() {
      throw errorWith(secret)
    },
  })
  Promise.reject(new AggregateError([errorWith(secret)], secret))
  setTimeout(() => {
    throw errorWith(secret)
  }, 20)
  setTimeout(() => {
    throw Object.defineProperty(errorWith(secret), 'stack', {
      get() {
        throw errorWith(secret)
      },
    })
  }, 40)
})
