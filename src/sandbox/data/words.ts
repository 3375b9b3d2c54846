const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const lines = (text: string): readonly string[] => text.trim().split(/\s*\n\s*/)

export const firstNames = words(`
  Ada Aiko Alba Amara Anders Anouk Arjun Astrid Aurel Beatriz Bela Bogdan Brigid Camila Carsten Chidi Ciara
  Dagny Dario Delphine Dmitri Edda Eero Efua Elif Emeka Enzo Esme Farah Femi Fenna Finn Freya Gael Gita Greta
  Hana Hamid Hiro Ida Idris Ilse Imani Ines Ingrid Isak Jana Jorge Juno Kaito Kasia Kemal Kofi Lars Leila Lena
  Liam Linh Luca Maja Malik Marisol Mateo Mei Mina Nadia Nils Noor Odile Olga Omar Oskar Paloma Pavel Petra Priya
  Quentin Rafael Ravi Renske Rosa Ruben Saanvi Sami Selma Signe Soren Stella Tariq Tatiana Teodor Thandi Tomas
  Uma Ursula Valeria Viggo Wanjiru Willem Xenia Yara Yusuf Zofia Zeynep`)

export const lastNames = words(`
  Abara Adeyemi Almeida Andersen Aoki Arslan Baptiste Barros Bellamy Bergstrom Bianchi Bishara Boateng Brandt
  Calloway Cardoso Castellan Chandra Chevalier Costa Dahl Danjuma Delacroix Demir Diallo Dvorak Eklund Elstad
  Esposito Farouk Fernandes Fischer Fontaine Gallagher Garrido Ghosh Gunnarsson Haddad Hakimi Halloran Hansen
  Hartmann Hayashi Herrera Horvat Ibarra Ilunga Iyer Jansen Jimenez Kamara Kariuki Kaya Keller Kimura Kowalski
  Kuznetsov Lambert Larsson Leclerc Lindqvist Lombardi Magnusson Mahmoud Marchetti Mbeki Menon Mercier Molina
  Moreau Murray Nakamura Navarro Nkosi Novak Nyberg Obi Okafor Olsen Ortega Osei Pereira Petrov Quintero Rahman
  Ramos Reinholt Romero Rossi Saito Salazar Santos Schreiber Sharma Silva Sorensen Szabo Takeda Tanaka Thorne
  Torres Traore Ueda Varga Vasquez Verhoeven Vogel Wagner Weiss Yamada Yilmaz Zamora Zielinski`)

/** With the second words: 2,016 different company names. */
export const companyFirstWords = words(`
  Alder Amber Anchor Argent Ashgrove Aster Beacon Birch Bluestone Bramble Bright Cedar Cinder Cobalt Copper Coral
  Crescent Delta Drift Ember Falcon Fern Flint Garnet Granite Harbor Hazel Heron Indigo Iron Juniper Lantern Larch
  Maple Meridian Mosaic North Onyx Orchard Pine Quarry Ridge Saffron Sable Slate Summit Tidewater Willow`)

export const companySecondWords = words(`
  Aerospace Analytics Audio Automation Banking Biotech Brands Capital Ceramics Chemicals Cloud Construction
  Dairy Dynamics Education Energy Engineering Fabrics Foods Freight Glass Health Holdings Hospitality Insurance
  Labs Logistics Materials Media Mobility Networks Optics Outfitters Paper Partners Pharma Rail Robotics Shipping
  Software Steel Water`)

export const titles = lines(`
  Chief Executive Officer
  Chief Financial Officer
  Chief Operating Officer
  Chief People Officer
  Chief Technology Officer
  General Counsel
  Head of Product
  Managing Director
  Regional Director
  Vice President, Engineering
  Vice President, Finance
  Vice President, Marketing
  Vice President, Sales
  Vice President, Supply Chain
  Director of Data
  Director of Operations`)

export const schools = lines(`
  Tidewater Business School
  Northgate University
  Ashgrove Institute of Technology
  Saint Brannoc College
  University of Port Meridian
  Larchmont School of Law
  Polytechnic of Valmora
  Royal Academy of Trade`)

/** City, state, country. */
export const places = lines(`
  Lisbon|Lisboa|Portugal
  Rotterdam|South Holland|Netherlands
  Leeds|West Yorkshire|United Kingdom
  Lyon|Auvergne-Rhone-Alpes|France
  Graz|Styria|Austria
  Turku|Southwest Finland|Finland
  Austin|Texas|United States
  Portland|Oregon|United States
  Columbus|Ohio|United States
  Halifax|Nova Scotia|Canada
  Monterrey|Nuevo Leon|Mexico
  Curitiba|Parana|Brazil
  Osaka|Osaka|Japan
  Pune|Maharashtra|India
  Perth|Western Australia|Australia
  Accra|Greater Accra|Ghana`).map((line) => line.split('|') as [city: string, state: string, country: string])

export const tagNames = lines(`
  Food and Drink
  Aerospace
  Automotive
  Banking
  Board Experience
  Bilingual
  Biotech
  Carve-out
  Change Management
  Chemicals
  Consumer Goods
  Cost Control
  Cyber Security
  Data Platforms
  Digital Commerce
  Energy
  Fundraising
  Growth Stage
  Hospitality
  Industrial
  Insurance
  International
  Investor Relations
  Life Sciences
  Logistics
  Manufacturing
  Marketplaces
  Medical Devices
  Mergers
  Non-profit
  Operations
  Payments
  Pricing
  Private Equity
  Public Company
  Real Estate
  Renewables
  Retail
  Subscription
  Turnaround`)

export const regionNames = lines(`
  Alps
  Andes
  Australia and Oceania
  Baltics
  Benelux
  British Isles
  California
  Caribbean
  Central Africa
  Central America
  Central Asia
  Central Europe
  East Africa
  Eastern Canada
  Great Lakes
  Gulf States
  Iberia
  Japan and Korea
  Mid-Atlantic
  Mountain West
  New England
  Nordics
  North Africa
  Pacific Northwest
  South Asia
  Southeast Asia
  Southern Africa
  Texas
  West Africa
  Western Canada`)

/** The product's own defaults (C), then what the invented firms added. */
export const statusNames = lines(`
  Placed
  Offer Extended
  Finalist
  Interviewing
  Candidate
  Qualifying
  Pursuing
  Potential Candidate
  Research
  Turned Off
  Disqualified
  DQ by Client
  Withdrew
  Timing Off
  Offer Declined
  Not Responding
  Not Interested
  Location Issue
  On Hold
  Source
  Reference
  Benchmark
  Remove from Project
  Coffee Chat
  Long List
  Second Round`)

export const projectTypes = ['Retained', 'Retingency', 'Contingency', 'Pickup', 'Special Project']
export const noteTypes = ['Call', 'Email', 'Follow Up', 'Meeting', 'Internal', 'Left Message', 'Feedback']
export const stoplights = [null, null, 'red', 'yellow', 'green']
export const firmNames = words('acme borealis cobalt dunmore elmwood fairhaven glenrock hollis')
export const serviceAccountNames = ['Clockwork Service', 'Import Service', 'Calendar Service']
