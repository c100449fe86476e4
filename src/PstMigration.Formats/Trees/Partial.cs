using System;
using System.IO;

namespace PstMigration.Formats;

/// <summary>Files written beside their place and renamed into it, so that a run that is killed leaves no half file under a good name.</summary>
internal static class Partial
{
    /// <summary>What an unfinished file has behind its name.</summary>
    public const string Suffix = ".partial";

    /// <summary>Creates the unfinished file of a path, alone.</summary>
    public static FileStream Create(string path) => new(path + Suffix, FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024);

    /// <summary>Gives the unfinished file its name; no file has it yet.</summary>
    public static void Finish(string path) => File.Move(path + Suffix, path);

    /// <summary>Puts the unfinished file in the place of what is there.</summary>
    public static void Replace(string path)
    {
        if (File.Exists(path))
        {
            File.Replace(path + Suffix, path, null);
        }
        else
        {
            Finish(path);
        }
    }

    /// <summary>Deletes an unfinished file; one that is in use stays.</summary>
    public static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its name says what it is.
        }
    }
}
