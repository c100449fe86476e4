using Xunit;

namespace PstMigration.Tests;

/// <summary>Finds the real files of other programs that lie beside a checkout; they are never part of it.</summary>
internal static class TestData
{
    private static readonly string? s_root = Find("shared", "data");

    /// <summary>The checkout's own small files, made by this project.</summary>
    public static string Corpus => Find("tests", "Corpus") ?? throw new DirectoryNotFoundException("tests/Corpus");

    /// <summary>The checkout's documentation.</summary>
    public static string Documentation => Find("docs") ?? throw new DirectoryNotFoundException("docs");

    /// <summary>The checkout's samples.</summary>
    public static string Samples => Find("samples") ?? throw new DirectoryNotFoundException("samples");

    /// <summary>The full path of a file such as <c>pst/Empty.pst</c>; skips the test where the folder is absent.</summary>
    public static string Path(string relative)
    {
        Assert.SkipWhen(s_root is null, "The folder of real files (shared/data) is not beside this checkout.");
        return System.IO.Path.Combine(s_root!, relative);
    }

    /// <summary>The full path of a file, or null where the folder is absent.</summary>
    public static string? Locate(string relative) => s_root is null ? null : System.IO.Path.Combine(s_root, relative);

    /// <summary>Names below <paramref name="folder"/> for a theory; one null row where the folder is absent.</summary>
    public static IEnumerable<TheoryDataRow<string?>> Files(string folder, params string[] extensions)
    {
        if (s_root is null)
        {
            return [new TheoryDataRow<string?>(null)];
        }

        return new DirectoryInfo(System.IO.Path.Combine(s_root, folder)).EnumerateFiles()
            .Where(f => extensions.Contains(f.Extension, StringComparer.OrdinalIgnoreCase))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => new TheoryDataRow<string?>(folder + "/" + f.Name));
    }

    private static string? Find(params string[] parts)
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string candidate = System.IO.Path.Combine([d.FullName, .. parts]);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
