using System.Management.Automation;
using PstMigration.Errors;

namespace PstMigration;

/// <summary>From what a user writes as a path to full paths of the file system. Called on the pipeline thread.</summary>
internal static class FileSystemPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files a path means, folders left out where it has wildcards.</summary>
    /// <param name="cmdlet">Knows the current location.</param>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="literal">Whether wildcards stand for themselves.</param>
    /// <returns>Full paths; none where a wildcard matches nothing.</returns>
    /// <exception cref="Mapi.MailDataException">PathNotFound, PathNotFileSystem or PathNotFile.</exception>
    internal static IReadOnlyList<string> Existing(PSCmdlet cmdlet, string path, bool literal) => Find(cmdlet, path, literal, File.Exists, File.Exists);

    /// <summary>The files and folders a path means.</summary>
    /// <inheritdoc cref="Existing"/>
    internal static IReadOnlyList<string> ExistingAny(PSCmdlet cmdlet, string path, bool literal) =>
        Find(cmdlet, path, literal, Exists, Exists);

    /// <summary>The files a path means, and a folder where it is named: what wildcards match is files alone.</summary>
    /// <inheritdoc cref="Existing"/>
    internal static IReadOnlyList<string> ExistingOrNamed(PSCmdlet cmdlet, string path, bool literal) => Find(cmdlet, path, literal, Exists, File.Exists);

    /// <summary>The full path of something that may not exist yet.</summary>
    /// <exception cref="Mapi.MailDataException">PathNotFound for an unknown drive, or PathNotFileSystem.</exception>
    internal static string Full(PSCmdlet cmdlet, string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? Path.GetFullPath(full) : throw PathErrors.NotFileSystem(path);
        }
        catch (SessionStateException)
        {
            throw PathErrors.NotFound(path);
        }
        catch (ArgumentException)
        {
            throw PathErrors.Invalid(path);
        }
    }

    /// <summary>The full path of a file to make or to add to. <c>*</c> and <c>?</c> would become characters of its name, which is hardly meant unless a file has it, or the path is literal.</summary>
    /// <exception cref="Mapi.MailDataException">PathIsPattern; or as of <see cref="Full"/>.</exception>
    internal static string ToWrite(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        string full = Full(cmdlet, path);
        return isLiteral || Path.GetFileName(full).IndexOfAny(['*', '?']) < 0 || File.Exists(full) ? full : throw PathErrors.IsPattern(path);
    }

    /// <summary>The same by what one of two parameters was given.</summary>
    internal static string ToWrite(PSCmdlet cmdlet, string path, string literalPath) =>
        literalPath.Length > 0 ? ToWrite(cmdlet, literalPath, isLiteral: true) : ToWrite(cmdlet, path, isLiteral: false);

    /// <summary>A file as Get-Item gives it: other cmdlets bind it by PSPath, and its view groups by the folder.</summary>
    internal static PSObject AsItem(FileInfo file)
    {
        const string Provider = @"Microsoft.PowerShell.Core\FileSystem";
        PSObject item = PSObject.AsPSObject(file);
        foreach ((string name, object? value) in new (string, object?)[]
        {
            ("PSPath", Provider + "::" + file.FullName),
            ("PSParentPath", Provider + "::" + file.DirectoryName),
            ("PSChildName", file.Name),
            ("PSIsContainer", false),
        })
        {
            item.Properties.Add(new PSNoteProperty(name, value));
        }

        return item;
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static IReadOnlyList<string> Find(PSCmdlet cmdlet, string path, bool literal, Func<string, bool> isWanted, Func<string, bool> isWantedMatch)
    {
        // A file may be named [2019].pst, and objects hand such names on by property.
        if (literal || !WildcardPattern.ContainsWildcardCharacters(path) || IsExistingName(cmdlet, path, isWanted))
        {
            string full = Full(cmdlet, path);
            return isWanted(full) ? [full]
                : throw (Directory.Exists(full) ? PathErrors.NotFile(full) : PathErrors.NotFound(path));
        }

        try
        {
            IReadOnlyList<string> found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            return provider.Name == FileSystem ? [.. found.Where(isWantedMatch)] : throw PathErrors.NotFileSystem(path);
        }
        catch (SessionStateException)
        {
            throw PathErrors.NotFound(path);
        }
        catch (ArgumentException)
        {
            throw PathErrors.Invalid(path);
        }
    }

    private static bool IsExistingName(PSCmdlet cmdlet, string path, Func<string, bool> isWanted)
    {
        try
        {
            return isWanted(Full(cmdlet, path));
        }
        catch (Mapi.MailDataException)
        {
            return false;
        }
    }
}
