using System.Collections.Concurrent;

namespace PstMigration.Mailboxes;

/// <summary>
/// The budgets of this process. Two connections to one mailbox share one, and a budget outlives its connections, because the
/// service remembers what was asked of it after a connection is closed.
/// </summary>
internal static class BudgetRegistry
{
    private static readonly ConcurrentDictionary<BudgetKey, MailboxBudget> s_budgets = new();

    /// <summary>The budget of a key. The limits of whoever comes first hold.</summary>
    public static MailboxBudget Get(BudgetKey key, MailboxLimits limits) =>
        s_budgets.GetOrAdd(key, k => new MailboxBudget(limits, k.Clock));
}
