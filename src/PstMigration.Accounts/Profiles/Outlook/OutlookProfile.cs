namespace PstMigration.Accounts.Outlook;

/// <summary>A profile of classic Outlook.</summary>
public sealed class OutlookProfile
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether Outlook opens it unasked.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The Outlook it belongs to: 14.0 and below share one place, 15.0 is 2013, 16.0 is 2016 and all later.</summary>
    public Version Version { get; init; } = new(0, 0);

    /// <summary>Its mail accounts, in Outlook's order.</summary>
    public IReadOnlyList<LegacyMailAccount> Accounts { get; init; } = [];

    /// <summary>The data files it refers to.</summary>
    public IReadOnlyList<OutlookDataFile> DataFiles { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
