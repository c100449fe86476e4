namespace PstMigration.Mailboxes;

/// <summary>What shares a budget: the service counts per app and mailbox within a cloud. The clock keeps tests apart.</summary>
internal readonly record struct BudgetKey(string Cloud, string ClientId, string Mailbox, TimeProvider Clock)
{
    /// <summary>Names compare without case, as the service's do.</summary>
    public static BudgetKey Create(string cloud, string clientId, string mailbox, TimeProvider clock) =>
        new(cloud.ToUpperInvariant(), clientId.ToUpperInvariant(), mailbox.ToUpperInvariant(), clock);
}
