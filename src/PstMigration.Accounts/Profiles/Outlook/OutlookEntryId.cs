using System.Text;

namespace PstMigration.Accounts.Outlook;

/// <summary>Finds the data file's path in the entry id of a store.</summary>
/// <remarks>
/// Such an id wraps the provider's: flags (4), the wrapping UID (16), version and flag (2), the provider's library as 8-bit text
/// (mspst.dll or pstprx.dll) padded to 4, flags (4), the provider's UID (16), then the path, in UTF-16LE for Unicode files. The path's place differs between
/// versions of Outlook, so it is looked for by its form: a drive or a share, up to a NUL.
/// </remarks>
internal static class OutlookEntryId
{
    private const int MaxPath = 32_767;

    /// <summary>The path, or null.</summary>
    public static string? FindPath(ReadOnlySpan<byte> id)
    {
        for (int i = 0; i + 6 <= id.Length; i++)
        {
            if (id[i + 1] == 0 && id[i + 3] == 0 && id[i + 5] == 0
                && IsStart((char)id[i], (char)id[i + 2], (char)id[i + 4])
                && ReadUtf16(id.Slice(i)) is string wide)
            {
                return wide;
            }
        }

        for (int i = 0; i + 3 <= id.Length; i++)
        {
            if (IsStart((char)id[i], (char)id[i + 1], (char)id[i + 2]) && ReadAnsi(id.Slice(i)) is string narrow)
            {
                return narrow;
            }
        }

        return null;
    }

    private static bool IsStart(char first, char second, char third) =>
        (first is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') && second == ':' && third == '\\')
        || (first == '\\' && second == '\\' && third is not ('\\' or '\0'));

    private static string? ReadUtf16(ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        while (length + 1 < bytes.Length && (bytes[length] | bytes[length + 1]) != 0)
        {
            length += 2;
        }

        return Checked(Encoding.Unicode.GetString(bytes.Slice(0, length).ToArray()));
    }

    private static string? ReadAnsi(ReadOnlySpan<byte> bytes) => Checked(OutlookAnsiText.Decode(bytes));

    private static string? Checked(string path) => path.Length is > 3 and <= MaxPath && path.IndexOf('\uFFFD') < 0 ? path : null;
}
