using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>A file, or a tree of files of mail, that is to go into a mailbox.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Options">What of it, and how.</param>
internal sealed record MailboxImport(string Path, MsMailbox Mailbox, TransferOptions Options)
{
    /// <summary>What is at the path.</summary>
    public ItemFormat Format { get; init; } = PstItemFormat.Instance;

    /// <summary>The code page of 8-bit text; null for what the file says.</summary>
    public int? CodePage { get; init; }

    /// <summary>Of a row of a batch: the folder it names; empty for what the command says.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Of a backup: when its state is of that is imported; null for the present one.</summary>
    public DateTimeOffset? StateTime { get; init; }

    /// <summary>What two imports into one mailbox have in common, also over two connections.</summary>
    public string Queue => Mailbox.Address.ToUpperInvariant() + "\n" + Mailbox.SandboxPath;

    /// <summary>What two imports into one folder of one mailbox have in common.</summary>
    public string Place => Queue + "\n" + Options.TargetRoot;

    /// <summary>What two imports that would do the same have in common.</summary>
    public string Work => Queue + "\n" + Path + "\n" + Options.TargetRoot + "\n" + Folder;
}
