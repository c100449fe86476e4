namespace PstMigration.Mapi;

/// <summary>What a source could not give, left out or guessed. Whole once the source was read to its end.</summary>
/// <param name="Folders">How much of each folder that was read could be read.</param>
/// <param name="Notices">What else people should know.</param>
public sealed record SourceReport(IReadOnlyList<FolderReading> Folders, IReadOnlyList<SourceNotice> Notices)
{
    /// <summary>Nothing to tell.</summary>
    public static SourceReport Empty { get; } = new([], []);

    /// <summary>What the source turned out to be, such as Maildir (directories); null where its format says all.</summary>
    public string? Format { get; init; }
}

/// <summary>How much of a folder could be read.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Expected">Items it says it has.</param>
/// <param name="Read">Items it gave.</param>
/// <param name="Damaged">Items of these that are damaged.</param>
public sealed record FolderReading(FolderPath Folder, int Expected, int Read, int Damaged)
{
    /// <summary>Whether it gave all that it says it has.</summary>
    public bool IsComplete => Read >= Expected && Damaged == 0;
}

/// <summary>Something people should know about a source.</summary>
/// <param name="Kind">What kind of notice.</param>
/// <param name="Count">How often.</param>
/// <param name="Text">For people, in their language.</param>
public sealed record SourceNotice(SourceNoticeKind Kind, long Count, string Text);

/// <summary>The kinds of <see cref="SourceNotice"/>.</summary>
public enum SourceNoticeKind
{
    /// <summary>Something is damaged.</summary>
    Damage,

    /// <summary>Items or files were passed over: of another kind, not to be followed.</summary>
    PassedOver,

    /// <summary>What people do not see was passed over, as a rule: hidden folders, settings of programs.</summary>
    Hidden,

    /// <summary>What the source was taken for.</summary>
    Detected,

    /// <summary>The source gives values of every item less exactly than they may have been kept, such as times.</summary>
    Rounded,

    /// <summary>Messages say of themselves that this project exported them, and nothing proves it: they were read as any other mail.</summary>
    Unproven,
}
