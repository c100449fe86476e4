namespace PstMigration.Transfer;

/// <summary>From where to where items are copied. Source and target together tell one transfer from another.</summary>
/// <param name="Source">The <see cref="Mapi.ItemKey.Store"/> of the source's items.</param>
/// <param name="Target">The <see cref="Mapi.ItemKey.Store"/> of the target's items.</param>
public sealed record TransferPlan(string Source, string Target)
{
    /// <summary>What people call the source: a path, an address.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>What people call the target.</summary>
    public string TargetName { get; init; } = "";
}
