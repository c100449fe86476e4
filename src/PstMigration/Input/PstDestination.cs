using System.Text;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>Where a data file is to be made, or to be added to.</summary>
internal static class PstDestination
{
    /// <summary>What file systems take: bytes, on Windows UTF-16 units.</summary>
    private const int LongestName = 255;

    /// <summary>Refuses a folder, in which no data file is named, and a new file that Outlook would not offer to open.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="isSeries">Whether files beside it are made too, such as name-2024.pst.</param>
    /// <exception cref="MailDataException">DestinationNotPst; PathInvalid: the name is too long for what is put behind it.</exception>
    internal static void Check(string path, bool isSeries = false)
    {
        if (Directory.Exists(path))
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationNotPst, Strings.DestinationIsFolder, path);
        }

        if (!path.EndsWith(".pst", StringComparison.OrdinalIgnoreCase) && !File.Exists(path))
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationNotPst, Strings.DestinationNotPst, path);
        }

        // Said before anything is made: of a series the first file may fit and the others not.
        string longest = Path.GetFileName((isSeries ? new PstSeries(path).PathOf("9999") : path) + AtomicFile.Suffix);
        int tooLong = (Path.DirectorySeparatorChar == '\\' ? longest.Length : Encoding.UTF8.GetByteCount(longest)) - LongestName;
        if (tooLong > 0 && !File.Exists(path))
        {
            throw PathErrors.NameTooLong(path, tooLong);
        }
    }

    /// <summary>Makes the folder of a data file where it is missing.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal static void MakeFolder(string path) => AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
}
