using System.Text;
using PstMigration.Formats.Tests.Compound;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Tnef;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.Links;

/// <summary>Items that ask in every known way to have something opened.</summary>
internal static class LuringItems
{
    private static readonly Dictionary<string, Func<string, MapiItem>> s_items = new(StringComparer.Ordinal)
    {
        ["attached by reference"] = a => Mail.Item("x", "t", null, Reference(AttachMethod.ByReference, a), Reference(AttachMethod.ByReferenceResolve, a), Reference(AttachMethod.ByReferenceOnly, a)),
        ["attached by web reference"] = a => Mail.Item("x", "t", null, Reference(AttachMethod.ByWebReference, a)),
        ["a file without content"] = a => Mail.Item("x", "t", null, Reference(AttachMethod.ByValue, a), Reference(AttachMethod.None, a), Reference(AttachMethod.EmbeddedMessage, a)),
        ["a linked object"] = a => Mail.Item("x", "t", null, Linked(a)),
        ["a picture by location"] = a => Mail.Item("x", null, $"<base href=\"{a}\"><img src=\"{a}\"><img src=\"bait.png\">", Reference(AttachMethod.ByReference, a)),
        ["html"] = a => Mail.Item("x", null, Html(a)),
        ["rtf"] = a => Rtf(a),
        ["fields"] = a => Fields(a),
        ["external bodies"] = a => MimeImport.Read(External(a)),
        ["mime"] = a => MimeImport.Read(Mime(a)),
        ["calendar"] = a => MimeImport.Read(Calendar(a)),
        ["winmail.dat"] = a => MimeImport.Read(Winmail(a)),
    };

    public static IEnumerable<string> Names => s_items.Keys;

    public static MapiItem Make(string name, string address) => s_items[name](address);

    private static MapiAttachment Reference(AttachMethod method, string address)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)method);
        p.Set(PropertyTags.AttachLongFilename, "bait.png");
        p.Set(PropertyTags.AttachLongPathname, address);
        p.Set(PropertyTags.AttachPathname, address);
        p.Set(PropertyTags.AttachContentLocation, address);
        p.Set(PropertyTags.AttachMimeTag, "image/png");
        return new MapiAttachment(p);
    }

    /// <summary>A packager's link (path, no file) and an OLE link whose moniker names a file.</summary>
    private static MapiAttachment Linked(string address)
    {
        byte[] path = Encoding.ASCII.GetBytes(address + "\0");
        byte[] native = [.. BitConverter.GetBytes(100), 2, 0, .. path, .. path, 0, 0, 1, 0, .. BitConverter.GetBytes(path.Length), .. path, 0, 0, 0, 0];
        byte[] ole = [1, 0, 0, 2, 1, 0, 0, 0, .. new byte[12], .. path];
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
        p.Set(PropertyTags.AttachLongPathname, address);
        p.Set(PropertyTags.AttachDataBinary, CompoundBuilder.Make(("\u0001Ole", ole), ("\u0001Ole10Native", native), ("\u0003LinkInfo", path)));
        return new MapiAttachment(p);
    }

    private static string Html(string a) =>
        $"<html><head><base href=\"{a}\"><link rel=stylesheet href=\"{a}\"><link rel=prefetch href=\"{a}\"><meta http-equiv=refresh content=\"0;url={a}\">"
        + $"<style>@import url('{a}'); @font-face {{ src: url({a}) }} body {{ background: url(\"{a}\") }}</style><script src=\"{a}\"></script></head>"
        + $"<body background=\"{a}\" style=\"background-image:url({a})\"><img src=\"{a}\" srcset=\"{a} 2x\" lowsrc=\"{a}\" dynsrc=\"{a}\"><iframe src=\"{a}\"></iframe>"
        + $"<frame src=\"{a}\"><object data=\"{a}\"><embed src=\"{a}\"></object><applet archive=\"{a}\"></applet><video poster=\"{a}\" src=\"{a}\"></video>"
        + $"<audio src=\"{a}\"></audio><input type=image src=\"{a}\"><table background=\"{a}\"><tr><td background=\"{a}\">x</table>"
        + $"<svg><image href=\"{a}\" xlink:href=\"{a}\"/><use href=\"{a}#x\"/></svg><v:imagedata src=\"{a}\"/><form action=\"{a}\"></form><bgsound src=\"{a}\">"
        + $"<a href=\"{a}\" ping=\"{a}\">link</a><xml src=\"{a}\"></xml><?xml-stylesheet href=\"{a}\"?><!--[if gte mso 9]><img src=\"{a}\"><![endif]--></body></html>";

    private static MapiItem Rtf(string a)
    {
        string escaped = a.Replace("\\", "\\\\");
        string hex = string.Concat(Encoding.ASCII.GetBytes(a + "\0").Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        return WithRtf(
            $@"{{\rtf1\ansi{{\*\template {escaped}}}{{\*\filetbl{{\file\fid1\fvaliddos {escaped}}}}}{{\*\background{{\shp{{\*\shpinst{{\sp{{\sn pibName}}{{\sv {escaped}}}}}{{\sp{{\sn pibFlags}}{{\sv 10}}}}}}}}}}"
            + $@"{{\object\objautlink\objupdate\rsltpict{{\*\objclass Package}}{{\*\objname {escaped}}}{{\*\objdata 0105000001000000{hex}}}{{\result text}}}}"
            + $@"{{\object\objhtml{{\*\objdata {hex}}}}}{{\pict\pngblip{{\*\blipuid {hex}}}{{\*\picprop{{\sp{{\sn pibName}}{{\sv {escaped}}}}}}}}}\subdocument1{{\*\nextfile {escaped}}}{{\*\hlinkbase {escaped}}}\par}}");
    }

    private static MapiItem Fields(string a)
    {
        string escaped = a.Replace("\\", "\\\\\\\\");
        return WithRtf(@"{\rtf1\ansi " + string.Concat(new[] { "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK Word.Document.8", "DDEAUTO excel", "RD", "HYPERLINK", "INCLUDE" }
            .Select(word => $@"{{\field\flddirty{{\*\fldinst {{{word} ""{escaped}"" \\d \\* MERGEFORMAT}}}}{{\fldrslt result}}}}\par ")) + "}");
    }

    private static MapiItem WithRtf(string rtf)
    {
        MapiItem item = Mail.Item("x", null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(rtf)));
        item.Properties.Set(PropertyTags.RtfInSync, true);
        return item;
    }

    private static byte[] External(string a) => Parts(
        $"Content-Type: message/external-body; access-type=local-file; name=\"{Quoted(a)}\"\r\n\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\n\r\n",
        $"Content-Type: message/external-body; access-type=URL; URL=\"{Quoted(a)}\"\r\n\r\nContent-Type: image/png\r\n\r\n",
        $"Content-Type: message/external-body; access-type=anon-ftp; site=\"127.0.0.1\"; directory=\"{Quoted(a)}\"; name=x\r\n\r\nContent-Type: text/plain\r\n\r\n",
        $"Content-Type: message/partial; id=\"{Quoted(a)}\"; number=1; total=2\r\n\r\nSubject: part\r\n\r\n");

    private static byte[] Mime(string a) => Parts(
        $"Content-Type: multipart/related; boundary=r; start-info=\"{Quoted(a)}\"\r\nContent-Base: {a}\r\nContent-Location: {a}\r\n\r\n"
            + $"--r\r\nContent-Type: text/html\r\nContent-Location: {a}\r\n\r\n{Html(a)}\r\n--r\r\nContent-Type: image/png\r\nContent-Location: {a}\r\n\r\n\r\n--r--",
        $"Content-Type: application/x-url; name=\"{Quoted(a)}\"\r\nContent-Disposition: attachment; filename=\"{Quoted(a)}\"\r\n\r\n[InternetShortcut]\r\nURL={a}\r\n",
        $"Content-Type: text/uri-list\r\n\r\n{a}\r\n",
        $"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Disposition: attachment; filename=smime.p7s\r\n\r\n{a}\r\n");

    private static byte[] Calendar(string a) => Parts(
        $"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nTZURL:{a}\r\nEND:VTIMEZONE\r\n"
            + $"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T090000Z\r\nDTEND:20260301T100000Z\r\nSUMMARY;ALTREP=\"{a}\":x\r\nATTACH:{a}\r\nATTACH;FMTTYPE=image/png:{a}\r\nURL:{a}\r\n"
            + $"LOCATION;ALTREP=\"{a}\":y\r\nORGANIZER;DIR=\"{a}\":mailto:a@example.jp\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");

    private static byte[] Winmail(string a) => TnefBuilder.Message(TnefBuilder.Stream(
        TnefBuilder.Attribute(TnefBuilder.AttachmentStart, TnefBuilder.AttachedFile),
        TnefBuilder.Attribute(TnefBuilder.AttachmentProperties, TnefBuilder.Properties(
            TnefBuilder.Property(0x37050003, TnefBuilder.U32(2)),
            TnefBuilder.Property(0x3707001F, TnefBuilder.Block(TnefBuilder.Unicode("bait.png"))),
            TnefBuilder.Property(0x370D001F, TnefBuilder.Block(TnefBuilder.Unicode(a)))))));

    private static byte[] Parts(params string[] parts) => Encoding.ASCII.GetBytes(
        "Subject: x\r\nFrom: a@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(parts.Select(p => "--b\r\n" + p + "\r\n")) + "--b--\r\n");

    private static string Quoted(string text) => text.Replace("\\", "\\\\");
}
