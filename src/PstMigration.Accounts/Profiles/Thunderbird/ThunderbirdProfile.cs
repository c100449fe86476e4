namespace PstMigration.Accounts.Thunderbird;

/// <summary>A profile of Thunderbird.</summary>
public sealed class ThunderbirdProfile
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Its POP and IMAP accounts.</summary>
    public IReadOnlyList<LegacyMailAccount> Accounts { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
