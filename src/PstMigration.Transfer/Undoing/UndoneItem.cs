using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What became of a copy, or of a folder, when its transfer was taken back.</summary>
/// <param name="SourceKey">Where the copy came from; null for a folder.</param>
/// <param name="TargetKey">Where it is or was; null for a folder.</param>
/// <param name="Folder">The folder of the source it came from; of a folder, the one in the target.</param>
/// <param name="Outcome">What became of it; null where it could not be looked at or removed.</param>
public sealed record UndoneItem(ItemKey? SourceKey, ItemKey? TargetKey, FolderPath Folder, UndoOutcome? Outcome)
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => TargetKey is null;

    /// <summary>Its message class, as far as the journal knows it.</summary>
    public string MessageClass { get; init; } = "";

    /// <summary>Its subject, as far as the journal knows it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Why it could not be looked at or removed.</summary>
    public MailDataException? Error { get; init; }

    /// <summary>Why it stays, or was gone, in words; null where it was removed.</summary>
    public string? Reason => Error?.Message ?? Outcome switch
    {
        UndoOutcome.Changed => IsFolder ? Strings.UndoReasonRenamed : Strings.UndoReasonChanged,
        UndoOutcome.Moved => Strings.UndoReasonMoved,
        UndoOutcome.Answered => Strings.UndoReasonAnswered,
        UndoOutcome.Kept => Strings.UndoReasonKept,
        UndoOutcome.NotEmpty => Strings.UndoReasonNotEmpty,
        UndoOutcome.Gone => IsFolder ? Strings.UndoReasonFolderGone : Strings.UndoReasonGone,
        _ => null,
    };
}
