using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What comparing found about one item.</summary>
/// <param name="Outcome">What it found.</param>
/// <param name="Folder">The folder in the source; of an item the target has more, the one there.</param>
/// <param name="SourceKey">The item in the source; null where only the target has it.</param>
/// <param name="TargetKey">The item in the target; null where only the source has it.</param>
public sealed record ComparedItem(CompareOutcome Outcome, FolderPath Folder, ItemKey? SourceKey, ItemKey? TargetKey)
{
    /// <summary>The highest level at which both are the same; null where there is none, or only one of them.</summary>
    public DigestLevel? Level { get; init; }

    /// <summary>The folder in the target; null where only the source has it.</summary>
    public FolderPath? TargetFolder { get; init; }

    /// <summary>In which parts they differ.</summary>
    public ItemPart Differences { get; init; }

    /// <summary>Of <see cref="Differences"/>, those nobody told when the copy was written; see <see cref="LossMeaning.Explains(LossKind)"/>.</summary>
    public ItemPart Untold { get; init; }

    /// <summary>Whether it differs because the target does not keep all of it, which was told when it was written.</summary>
    public bool IsLessened => Outcome == CompareOutcome.Different && Untold == ItemPart.None;

    /// <summary>The message class.</summary>
    public string MessageClass { get; init; } = "";

    /// <summary>The subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>
    /// Of an item both have, bytes of text and attachments; see <see cref="ItemFingerprint.Bytes"/>. Of one that only one end has, or that could not be read, its size there, as that tells it; where it tells none, the same bytes.
    /// </summary>
    public long Bytes { get; init; }

    /// <summary>Why it could not be read; null where it could.</summary>
    public MailDataException? Error { get; init; }
}

/// <summary>What comparing finds about an item.</summary>
public enum CompareOutcome
{
    /// <summary>Both ends have it, and it is the same.</summary>
    Same,

    /// <summary>Both ends have it, with differences.</summary>
    Different,

    /// <summary>The source has it, the target has not.</summary>
    Missing,

    /// <summary>The source has it, and the target takes nothing of the kind, or did not take it, which was told then.</summary>
    Skipped,

    /// <summary>The target has it, the source has not.</summary>
    Extra,

    /// <summary>It could not be read at one end.</summary>
    Unreadable,
}
