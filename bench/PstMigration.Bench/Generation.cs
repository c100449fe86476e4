using System.Globalization;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>Writing a file, and what copying its bytes costs.</summary>
internal static class Generation
{
    /// <summary>Into how many folders mails are spread.</summary>
    public const int Folders = 10;

    private const int CopyBuffer = 1 << 20;

    /// <summary>Writes the items into folders Mail 0, Mail 1 and so on, as many into each, and prints how it went.</summary>
    public static void Run(string path, SeededItems items, int folders, TextWriter output)
    {
        Measurement measurement = new();
        PstCreateOptions options = new() { Replace = true, Language = CultureInfo.InvariantCulture };
        using (PstFileBuilder builder = PstFileBuilder.Create(path, options))
        {
            int perFolder = (items.Count + folders - 1) / folders;
            PstNewFolder folder = builder.RootFolder;
            for (int i = 0; i < items.Count; i++)
            {
                if (i % perFolder == 0)
                {
                    folder = builder.CreateFolder(builder.RootFolder, "Mail " + (i / perFolder).ToString(CultureInfo.InvariantCulture), "IPF.Note");
                }

                builder.AddItem(folder, items.Mail(i));
                measurement.Tick();
            }

            builder.Complete();
        }

        measurement.Print(
            string.Create(CultureInfo.InvariantCulture, $"generate messages={items.Count} seed={items.Seed}"), new FileInfo(path).Length, output);
    }

    /// <summary>Copies a file through a buffer and flushes it to the disk, as writing a data file ends too.</summary>
    public static void Copy(string path, string target)
    {
        Measurement measurement = new();
        using (FileStream from = File.OpenRead(path))
        using (FileStream to = File.Create(target))
        {
            from.CopyTo(to, CopyBuffer);
            to.Flush(flushToDisk: true);
        }

        measurement.Print("copy", new FileInfo(path).Length, Console.Out);
    }
}
