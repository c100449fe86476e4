using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A folder that is a Maildir.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Directory">The full path of the directory that holds <c>cur</c>, <c>new</c> and <c>tmp</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note.</param>
internal sealed record MaildirFolder(FolderPath Path, string Directory, FolderRole Role, string ContainerClass) : TargetFolder(Path)
{
    /// <summary>The path of the folder its messages are in: that of the Inbox for the root, which is no folder of its own.</summary>
    public FolderPath Place { get; init; } = Path;

    /// <summary>The names of the parts of a Maildir that hold messages.</summary>
    public static readonly string[] PartNames = ["cur", "new"];

    /// <summary>The full paths of the directories of messages there are: programs that copy and pack leave empty ones out.</summary>
    public IEnumerable<string> Parts =>
        PartNames.Select(n => System.IO.Path.Combine(Directory, n)).Where(p => System.IO.Directory.Exists(LongPath.Of(p)));
}
