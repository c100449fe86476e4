namespace PstMigration.Accounts.Outlook;

/// <summary>A data file that an Outlook profile refers to. It need not exist any more.</summary>
public sealed class OutlookDataFile
{
    /// <summary>Its path, as the profile has it.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether it is a cache of a mailbox (.ost) rather than a .pst.</summary>
    public bool IsOst { get; init; }

    /// <summary>Its name in Outlook; empty where the profile has none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The profile's name.</summary>
    public string Profile { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Path;
}
