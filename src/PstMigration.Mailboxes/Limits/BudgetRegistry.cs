using System.Collections.Concurrent;

namespace PstMigration.Mailboxes;

/// <summary>
/// The budgets of this process. Two connections to one mailbox share one, and a budget outlives its connections, because the
/// service remembers what was asked of it after a connection is closed.
/// </summary>
internal static class BudgetRegistry
{
    private static readonly ConcurrentDictionary<BudgetKey, MailboxBudget> s_budgets = new();

    /// <summary>The budget of a key. The limits and the folder of whoever comes first hold.</summary>
    /// <param name="key">The mailbox.</param>
    /// <param name="limits">What may be asked of it.</param>
    /// <param name="folder">Where processes share budgets; null where this one is alone.</param>
    public static MailboxBudget Get(BudgetKey key, MailboxLimits limits, string? folder = null) =>
        s_budgets.GetOrAdd(key, k => new MailboxBudget(limits, k.Clock, SharedBudget.Open(folder, k, limits.ConcurrentRequests)));
}
