export async function execute() {}
