using System;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>Tells of each folder that was read how many items it should have given, how many it gave, how many are damaged.</summary>
internal static class FolderReport
{
    /// <summary>Warns of folders that gave less than they say they have; of the others it is detail.</summary>
    internal static void Write(PstFile file, Action<string> warn, Action<string> tell)
    {
        foreach (PstFolderReading reading in file.Readings)
        {
            (reading.IsComplete ? tell : warn)(LocalText.Format(
                Strings.FolderRead, reading.Path, file.Path, reading.Expected, reading.Read, reading.Damaged));
        }
    }
}
