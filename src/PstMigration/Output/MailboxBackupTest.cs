using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Whether a backup is what one would want it to be: what <c>Test-MailboxBackup</c> gives.</summary>
public sealed class MailboxBackupTest
{
    internal MailboxBackupTest(string name, bool isRecent, BackupInspection found, bool? isRestorable, MailboxBackupDrill? drill, IReadOnlyList<string> problems, IReadOnlyList<string> messages)
    {
        Name = name;
        IsRecent = isRecent;
        IsSound = found.IsSound;
        IsComplete = found.IsComplete;
        IsSecondEqual = found.IsSecondEqual;
        AreLocalFilesSaved = found.AreLocalFilesSaved;
        Items = found.Items;
        IsRestorable = isRestorable;
        Drill = drill;
        Problems = new(problems);
        Messages = new(messages);
    }

    /// <summary>The backup.</summary>
    public string Name { get; }

    /// <summary>Whether everything was looked at, and is as it should be.</summary>
    public bool Passed => IsRecent && IsSound == true && IsComplete && IsSecondEqual != false && AreLocalFilesSaved != false && IsRestorable != false;

    /// <summary>Whether the last good run is not older than the schedule, or -MaximumAge, lets it be.</summary>
    public bool IsRecent { get; }

    /// <summary>Whether the file keeps all rules of its format; of a tree, whether every file is as the last run left it, and null where that run left no list of them.</summary>
    public bool? IsSound { get; }

    /// <summary>Whether every item of the mailbox is in it as that run listed it: none failed, and no folder could not be read.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether the second destination holds the same bytes; null where there is none.</summary>
    public bool? IsSecondEqual { get; }

    /// <summary>Whether there is a sound copy of each data file of this computer that is saved too (-IncludeLocalPst), as the file was at the last run; null where there are none.</summary>
    public bool? AreLocalFilesSaved { get; }

    /// <summary>Whether the items that were restored to try came back as they were saved; null where that was not asked for.</summary>
    public bool? IsRestorable { get; }

    /// <summary>What came of that; null where it was not asked for, or could not be done.</summary>
    public MailboxBackupDrill? Drill { get; }

    /// <summary>Items in it.</summary>
    public long Items { get; }

    /// <summary>What is wrong with it, in words: empty where it passed, and only there.</summary>
    public Listing<string> Problems { get; }

    /// <summary>What else should be known, as <c>Get-MailboxBackup</c> tells it: what the last run said of the mailbox and of its copies. It does not make a backup fail.</summary>
    public Listing<string> Messages { get; }
}
