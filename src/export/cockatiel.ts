import { code, type Code } from './print.ts'

/** The members that cockatiel asks of every policy besides `execute`. */
export function policyMembers(of: Code): Code {
  return code`
    get onSuccess(): Event<ISuccessEvent> {
      return ${of}.onSuccess;
    }

    get onFailure(): Event<IFailureEvent> {
      return ${of}.onFailure;
    }
  `
}

/** How wrap() calls a policy that makes its calls in a method of its own; whole calls are what its events tell of. */
export function executeMethods(context: Code, own: Code): Code {
  return code`
    call<T>(request: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
      return this.execute((context) => request(context.signal), signal);
    }

    /** As wrap() calls it. */
    execute<T>(
      request: (context: ${context}) => PromiseLike<T> | T,
      signal: AbortSignal = new AbortController().signal,
    ): Promise<T> {
      return this.#whole.execute(() => ${own}(request, signal), signal);
    }

    ${policyMembers(code`this.#whole`)}
  `
}
