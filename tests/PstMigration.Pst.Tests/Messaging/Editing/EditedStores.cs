using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>What tests of changed files share.</summary>
internal static class EditedStores
{
    public static readonly PstCheckOptions Strict = new() { OwnWriter = true };

    /// <summary>A new file without items.</summary>
    public static string New(string path)
    {
        using PstFileBuilder builder = PstFileBuilder.Create(path, SampleFile.Options());
        builder.Complete();
        return path;
    }

    public static PstEditOptions Options() => new() { TimeProvider = SampleFile.Options().TimeProvider, Language = SampleFile.Options().Language };

    public static PstFileEditor Open(string path) => PstFileEditor.Open(path, Options());

    /// <summary>Every rule of ours is kept.</summary>
    public static void AssertSound(string path) => Assert.Empty(new PstChecker().CheckAll(path, Strict).Findings.Select(f => f.ToString()));

    /// <summary>Rule and node of everything a check finds in a file of another program.</summary>
    public static List<string> Findings(string path) => [.. new PstChecker().CheckAll(path, new PstCheckOptions()).Findings
        .Select(f => $"{f.RuleId} {f.Node}").Distinct()];

    /// <summary>All folders of a file, from the root down.</summary>
    public static List<PstFolder> Folders(PstFile file) => [.. Tree(file).Select(f => f.Folder)];

    /// <summary>All folders of a file with those they are in, from the root down.</summary>
    public static List<(PstFolder Folder, NodeId Parent)> Tree(PstFile file)
    {
        List<(PstFolder Folder, NodeId Parent)> folders = [(file.Root, file.Root.NodeId)];
        for (int i = 0; i < folders.Count; i++)
        {
            PstFolder parent = folders[i].Folder;
            folders.AddRange(parent.EnumerateFolders().Select(f => (f, parent.NodeId)));
        }

        return folders;
    }

    /// <summary>
    /// Other readers open the file without a word of complaint. What was freed in it is not asked for: half of a deleted item may still
    /// lie there.
    /// </summary>
    public static void AssertReadByOthers(string path, string folder)
    {
        (int infoCode, string text, string infoErrors) = ForeignReader.Run(ForeignReader.Find("pffinfo"), path);
        Assert.Equal((0, ""), (infoCode, infoErrors));
        Assert.DoesNotContain("orrupt", text, System.StringComparison.Ordinal);
        (int code, _, string errors) = ForeignReader.Run(ForeignReader.Find("pffexport"), "-m", "items", "-q", "-t", Path.Combine(folder, "x"), path);
        Assert.Equal((0, ""), (code, errors));
        Assert.False(Directory.Exists(Path.Combine(folder, "x.orphans")));
        string target = Path.Combine(folder, "readpst");
        Directory.CreateDirectory(target);
        (int readCode, _, string readErrors) = ForeignReader.Run(ForeignReader.Find("readpst"), "-j0", "-e", "-D", "-o", target, path);
        Assert.Equal((0, ""), (readCode, readErrors));
    }
}
