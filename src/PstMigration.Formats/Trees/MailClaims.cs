using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// In a directory that holds mail of several formats, which of them reads what: a Maildir everything in its parts, then files of messages by their names, then mbox
/// files by how they begin. So nothing is read twice, and what none of them reads is counted once.
/// </summary>
internal sealed class MailClaims
{
    private readonly HashSet<string> _parts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mboxes = new(StringComparer.Ordinal);

    /// <summary>Adds directories that belong to a Maildir, or to messages, and are no folders of another format.</summary>
    public void AddParts(IEnumerable<string> directories) => _parts.UnionWith(directories);

    /// <summary>Adds mbox files.</summary>
    public void AddMboxes(IEnumerable<string> files) => _mboxes.UnionWith(files);

    /// <summary>Whether a directory is no folder of .eml or mbox files.</summary>
    public bool IsPart(string directory) => _parts.Contains(directory);

    /// <summary>
    /// Whether an mbox file there may be one of mail to read: it is not called a message, and not what Apple Mail leaves in a bundle whose mail it has taken into messages.
    /// </summary>
    public static bool MayBeMbox(DirectoryContent content, string name) =>
        !EmlLayout.IsMessage(name) && !(name == "mbox" && content.Directories.Contains(EmlLayout.Messages));

    /// <summary>Whether a file is read.</summary>
    public bool IsTaken(string directory, string name) => EmlLayout.IsMessage(name) || _mboxes.Contains(Path.Combine(directory, name));
}
