/**
 * LangChain reports prompts and answers to LangSmith, or sends requests through LangSmith's gateway, as soon as
 * some variable of the environment says so. What people ask here stays here, so these variables are taken
 * away before LangChain is loaded.
 */
export function forgetTracing(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (/^(LANGSMITH|LANGCHAIN)_/.test(name)) delete environment[name]
  }
}
