namespace PstMigration.Mapi;

/// <summary>
/// Whether a file, or a directory, can be where somebody wants it. Asked before lock and unfinished files are made beside it: what goes wrong with those names names nobody knows.
/// </summary>
public static class FilePlace
{
    /// <summary>Refuses a name that stands for a directory, or that lies in none.</summary>
    /// <param name="path">The full path of a file, which may not exist.</param>
    /// <exception cref="DirectoryNotFoundException">The directory of the file does not exist.</exception>
    /// <exception cref="PathOfOtherKindException">It is a directory, or lies below a file.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)))))
        {
            throw new PathOfOtherKindException(string.Format(Strings.Culture, Strings.IsDirectory, path));
        }

        CheckBeside(path);
    }

    /// <summary>Refuses a name in a directory that does not exist.</summary>
    /// <param name="path">The full path of a file, which may not exist.</param>
    /// <inheritdoc cref="Check"/>
    public static void CheckBeside(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(directory) || Directory.Exists(LongPath.Of(directory!)))
        {
            return;
        }

        CheckDirectory(directory!);
        throw new DirectoryNotFoundException(string.Format(Strings.Culture, Strings.DirectoryMissing, directory));
    }

    /// <summary>Refuses a name for a directory where a file has it, or where one above it is a file.</summary>
    /// <param name="path">The full path of a directory, which may not exist.</param>
    /// <exception cref="PathOfOtherKindException">There is a file.</exception>
    public static void CheckDirectory(string path)
    {
        string? at = path ?? throw new ArgumentNullException(nameof(path));
        while (!string.IsNullOrEmpty(at) && !Directory.Exists(LongPath.Of(at!)))
        {
            if (File.Exists(LongPath.Of(at!)))
            {
                throw new PathOfOtherKindException(string.Format(Strings.Culture, Strings.IsNoDirectory, at));
            }

            at = Path.GetDirectoryName(at);
        }
    }

    /// <summary>What is said where no file may be made beside a name.</summary>
    internal static UnauthorizedAccessException Denied(string path, UnauthorizedAccessException cause) =>
        new(string.Format(Strings.Culture, Strings.DirectoryDenied, Path.GetDirectoryName(path)), cause);
}
