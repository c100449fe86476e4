using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// The columns of the template tables of a Unicode file as Outlook lays them out ([MS-PST] 2.4.4.4 to 2.4.6.1). Each column is written
/// tag@offset/bit, in hexadecimal but for the decimal offset and bit; the cell's size follows from the type.
/// </summary>
internal static class TableTemplates
{
    /// <summary>Hierarchy tables (0x60D).</summary>
    public static readonly TableLayout Hierarchy = Parse(
        "0E300102@20/6 0E330014@24/7 0E340102@32/8 0E380003@36/9 3001001F@8/2 36020003@12/3 " +
        "36030003@16/4 360A000B@52/5 3613001F@40/10 66350003@44/11 66360003@48/12 67F20003@0/0 " +
        "67F30003@4/1");

    /// <summary>Contents tables (0x60E).</summary>
    public static readonly TableLayout Contents = Parse(
        "00170003@20/5 001A001F@12/3 00360003@60/15 0037001F@28/7 00390040@40/9 0042001F@24/6 " +
        "0057000B@120/13 0058000B@121/14 0070001F@68/17 00710102@72/18 0E03001F@56/12 0E04001F@52/11 " +
        "0E060040@32/8 0E070003@16/4 0E080003@48/10 0E170003@8/2 0E300102@92/22 0E330014@96/23 " +
        "0E340102@104/24 0E380003@116/27 0E3C0102@112/26 0E3D0102@108/25 10970003@64/16 " +
        "30080040@84/21 30130102@76/19 65C60003@80/20 67F20003@0/0 67F30003@4/1");

    /// <summary>FAI contents tables (0x60F).</summary>
    public static readonly TableLayout AssociatedContents = Parse(
        "001A001F@12/3 0E070003@16/4 0E170003@8/2 3001001F@20/5 67F20003@0/0 67F30003@4/1 " +
        "6800001F@44/11 6803000B@56/12 68051003@48/13 682F001F@52/14 70030003@24/6 70040102@28/7 " +
        "70050102@32/8 7006001F@36/9 70070003@40/10");

    /// <summary>Contents tables of search folders (0x610).</summary>
    public static readonly TableLayout SearchContents = Parse(
        "00170003@28/7 001A001F@20/5 00360003@60/16 0037001F@36/9 0042001F@32/8 0057000B@72/14 " +
        "0058000B@73/15 0E03001F@56/13 0E04001F@52/12 0E05001F@12/3 0E060040@40/10 0E070003@24/6 " +
        "0E080003@48/11 0E170003@16/4 0E2A000B@74/17 30080040@64/18 67F10003@8/2 67F20003@0/0 " +
        "67F30003@4/1");

    /// <summary>The receive folder table (0x62B).</summary>
    public static readonly TableLayout ReceiveFolders = Parse(
        "001A001F@12/3 66050003@8/2 67F20003@0/0 67F30003@4/1");

    /// <summary>The outgoing queue table (0x64C).</summary>
    public static readonly TableLayout OutgoingQueue = Parse(
        "00390040@16/4 0E100003@12/3 0E140003@8/2 67F20003@0/0 67F30003@4/1");

    /// <summary>Attachment tables (0x671).</summary>
    public static readonly TableLayout Attachments = Parse(
        "0E200003@12/3 3704001F@20/5 37050003@16/4 370B0003@8/2 67F20003@0/0 67F30003@4/1");

    /// <summary>Recipient tables (0x692).</summary>
    public static readonly TableLayout Recipients = Parse(
        "0C150003@24/7 0E0F000B@48/2 0FF90102@32/9 0FFE0003@36/10 0FFF0102@16/5 3001001F@20/6 " +
        "3002001F@8/3 3003001F@12/4 300B0102@28/8 39000003@40/11 39FF001F@44/13 3A40000B@49/12 " +
        "67F20003@0/0 67F30003@4/1");

    /// <summary>The table 0x6B6, undocumented.</summary>
    public static readonly TableLayout Changes = Parse(
        "0E330014@8/2 0E370102@16/3 0E380003@20/4 67F20003@0/0 67F30003@4/1");

    /// <summary>The table 0x6D7, undocumented.</summary>
    public static readonly TableLayout ItemChanges = Parse(
        "001A001F@36/8 0E300102@16/4 0E310102@12/3 0E330014@28/7 0E340102@24/6 0E380003@20/5 " +
        "0E3E0102@8/2 67F20003@0/0 67F30003@4/1");

    /// <summary>The table 0x6F8, undocumented.</summary>
    public static readonly TableLayout DeletedChanges = Parse(
        "0E330014@16/3 30070040@8/2 67F20003@0/0 67F30003@4/1");

    private static TableLayout Parse(string columns)
    {
        string[] parts = columns.Split(' ');
        TableColumn[] parsed = new TableColumn[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            string[] fields = parts[i].Split('@', '/');
            PropertyTag tag = new(uint.Parse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            parsed[i] = new TableColumn(
                tag,
                ushort.Parse(fields[1], CultureInfo.InvariantCulture),
                (byte)TableLayout.CellSize(tag.Type),
                byte.Parse(fields[2], CultureInfo.InvariantCulture));
        }

        return TableLayout.FromColumns(parsed);
    }
}
