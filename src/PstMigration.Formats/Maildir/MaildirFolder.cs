using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A folder that is a Maildir.</summary>
/// <param name="Path">Its names.</param>
/// <param name="Directory">The full path of the directory that holds <c>cur</c>, <c>new</c> and <c>tmp</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">Such as IPF.Note.</param>
internal sealed record MaildirFolder(FolderPath Path, string Directory, FolderRole Role, string ContainerClass) : TargetFolder(Path)
{
    /// <summary>The parts of a Maildir that hold messages.</summary>
    public static readonly string[] Parts = ["cur", "new"];
}
