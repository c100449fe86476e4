using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Where a data file is to be made, or to be added to.</summary>
internal static class PstDestination
{
    /// <summary>Refuses a folder, in which no data file is named, and a new file that Outlook would not offer to open.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="MailDataException">DestinationNotPst.</exception>
    internal static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationNotPst, Strings.DestinationIsFolder, path);
        }

        if (!path.EndsWith(".pst", StringComparison.OrdinalIgnoreCase) && !File.Exists(path))
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationNotPst, Strings.DestinationNotPst, path);
        }
    }

    /// <summary>Makes the folder of a data file where it is missing.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal static void MakeFolder(string path) => AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
}
