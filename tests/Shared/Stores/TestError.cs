using System.Resources;
using PstMigration.Mapi;

namespace PstMigration.Tests;

/// <summary>Errors that tests make up.</summary>
internal static class TestError
{
    private static readonly ResourceManager s_noTexts = new("None", typeof(TestError).Assembly);
    private static readonly string[] s_endRun = ["DiskFull", "MailboxFull", "PstWriteFailed"];

    /// <summary>An error of a name; that of a full disk and the like ends a run.</summary>
    public static ErrorId Of(string name) => new(name, ErrorKind.InvalidData, s_noTexts, endsRun: Array.IndexOf(s_endRun, name) >= 0);
}
