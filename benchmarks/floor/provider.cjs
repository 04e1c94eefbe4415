/** A provider that has nothing to do: every answer is there at once. */
exports.check = async (_olds, news) => ({ inputs: news });
exports.diff = async (_id, olds, news) => ({
  changes: olds.tenantId !== news.tenantId || olds.customerSubscriptionId !== news.customerSubscriptionId,
});
exports.create = async (inputs) => ({ id: inputs.customerSubscriptionId, outs: inputs });
exports.read = async (id, props) => ({ id, props });
exports.update = async (_id, _olds, news) => ({ outs: news });
exports.delete = async () => {};
